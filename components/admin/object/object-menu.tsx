import Link from 'next/link';
import type { ReactNode } from 'react';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { ObjectAction, ObjectFrame } from '@/lib/contrib/admin/object/object-page';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';

type Props = { admin: ModelAdmin; row: Row; frame: Pick<ObjectFrame, 'links' | 'actions'> };

const item = 'block w-full rounded-sm px-3 py-2 text-left hover:bg-sunken';

/** What may be done with an object: what is urgent, then a menu of pages that ask first and of what is one press. */
export function ObjectMenu({ admin, row, frame }: Props) {
  const { links } = frame;
  const urgent = frame.actions.filter(({ isUrgent }) => isUrgent);
  const actions = frame.actions.filter(({ isUrgent }) => !isUrgent);
  return (
    <>
      {urgent.length > 0 && (
        <ActionsForm admin={admin} row={row}>
          {urgent.map((action) => (
            <ActionButton key={action.name} action={action} />
          ))}
        </ActionsForm>
      )}
      {links.length + actions.length > 0 && (
        <Menu admin={admin} row={row} frame={{ links, actions }} />
      )}
    </>
  );
}

function Menu({ admin, row, frame: { links, actions } }: Props) {
  return (
    <details className="relative" data-object-menu>
      <summary className="inline-flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-field border border-edge bg-surface px-4 font-semibold hover:bg-sunken">
        Actions
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 text-muted">
          <path d="m2.5 4.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </summary>
      <div className="mt-1 w-60 rounded-field border border-edge bg-surface p-1 shadow-lg sm:absolute sm:right-0 sm:z-30">
        {links.map(({ label, href }) => (
          <Link key={href} href={href} prefetch={false} className={item}>
            {label}
          </Link>
        ))}
        {actions.length > 0 && (
          <ActionsForm admin={admin} row={row}>
            {actions.map((action) => (
              <ActionButton
                key={action.name}
                action={action}
                variant="quiet"
                className="w-full justify-start! rounded-sm! px-3! text-ink! hover:bg-sunken hover:no-underline!"
              />
            ))}
          </ActionsForm>
        )}
      </div>
    </details>
  );
}

function ActionsForm({ admin, row, children }: Omit<Props, 'frame'> & { children: ReactNode }) {
  return (
    <SendingForm action={listAction} failed="Nothing is done" notice="inside">
      <input type="hidden" name="_model" value={admin.meta.key} />
      <input type="hidden" name="_query" value="" />
      <input type="hidden" name="_selected_action" value={String(row.id)} />
      <input type="hidden" name="_object" value={String(row.id)} />
      {children}
    </SendingForm>
  );
}

type ButtonProps = { action: ObjectAction; variant?: 'quiet'; className?: string };

function ActionButton({ action: { name, label }, ...look }: ButtonProps) {
  return (
    <SubmitButton name="action" value={name} {...look}>
      {label}
    </SubmitButton>
  );
}
