import Link from 'next/link';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { ObjectFrame } from '@/lib/contrib/admin/object/object-page';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';

type Props = { admin: ModelAdmin; row: Row; frame: Pick<ObjectFrame, 'links' | 'actions'> };

const item = 'block w-full rounded-sm px-3 py-2 text-left hover:bg-sunken';

/** What may be done with an object: pages that ask first, then what is one press. */
export function ObjectMenu({ admin, row, frame: { links, actions } }: Props) {
  if (links.length + actions.length === 0) return null;
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
          <SendingForm action={listAction} failed="Nothing is done" notice="inside">
            <input type="hidden" name="_model" value={admin.meta.key} />
            <input type="hidden" name="_query" value="" />
            <input type="hidden" name="_selected_action" value={String(row.id)} />
            <input type="hidden" name="_object" value={String(row.id)} />
            {actions.map(({ name, label }) => (
              <SubmitButton
                key={name}
                name="action"
                value={name}
                variant="quiet"
                className="w-full justify-start! rounded-sm! px-3! text-ink! hover:bg-sunken hover:no-underline!"
              >
                {label}
              </SubmitButton>
            ))}
          </SendingForm>
        )}
      </div>
    </details>
  );
}
