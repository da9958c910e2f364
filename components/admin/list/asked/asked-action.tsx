import type { ReactNode } from 'react';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import type { Place } from '@/components/admin/rights/place';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

/** An action on ticked rows of which something is asked before it is taken. */
export type AskedAction = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  place?: Place;
  chosen: string;
  query: string;
};

type PageProps = Pick<AskedAction, 'request' | 'admin' | 'query'> & {
  /** The deed: "Deactivate 3 users". */
  what: string;
  children: ReactNode;
};

/** The page on which that is asked. */
export function AskedActionPage({ request, admin: { meta }, query, what, children }: PageProps) {
  return (
    <AdminPage
      request={request}
      title={`${what}?`}
      crumbs={[
        { label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` },
        { label: capfirst(meta.verboseNamePlural), href: listHref(meta, query) },
      ]}
      lead="Nothing has been done yet."
    >
      {children}
    </AdminPage>
  );
}

type FormProps = Omit<AskedAction, 'request'> & {
  what: string;
  className: string;
  children: ReactNode;
};

/** The list's own form once more, with what is asked in it. */
export function AskedActionForm({ what, className, children, ...asked }: FormProps) {
  const { admin, action, ids, place, chosen, query } = asked;
  return (
    <SendingForm action={place?.send ?? listAction} className={className} failed="Nothing is done">
      <input type="hidden" name="_model" value={admin.meta.key} />
      <input type="hidden" name="_query" value={query} />
      {Object.entries(place?.carried ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="_selected_action" value={ids.join(',')} />
      <input type="hidden" name="action" value={action.name} />
      <input type="hidden" name="_chosen" value={chosen} />
      {children}
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{what}</SubmitButton>
        <ButtonLink href={place?.back ?? listHref(admin.meta, query)} prefetch={false}>
          No, take me back
        </ButtonLink>
      </div>
    </SendingForm>
  );
}
