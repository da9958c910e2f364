import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  query: string;
  label: string;
  choices: readonly (readonly [id: number, text: string])[];
};

/** Asks what an action needs to know before it is taken. Its form is the list's own. */
export function ChooseAction({ request, admin, action, ids, query, label, choices }: Props) {
  const { meta } = admin;
  const what = `${ids.length.toLocaleString('en')} ${nameOfKind(meta.prismaName, ids.length)}`;
  return (
    <AdminPage
      request={request}
      title={`${action.label}: ${what}`}
      crumbs={[
        { label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` },
        { label: capfirst(meta.verboseNamePlural), href: listHref(meta, query) },
      ]}
      lead="Nothing has been done yet."
    >
      <SendingForm action={listAction} className="max-w-96 space-y-6" failed="Nothing is done">
        <input type="hidden" name="_model" value={meta.key} />
        <input type="hidden" name="_query" value={query} />
        <input type="hidden" name="_selected_action" value={ids.join(',')} />
        <input type="hidden" name="action" value={action.name} />
        <div>
          <label htmlFor="id__chosen" className="font-semibold">
            {label}
          </label>
          <select
            id="id__chosen"
            name="_chosen"
            className="mt-1 block h-10 w-full rounded-field border border-edge bg-surface px-3"
          >
            {choices.map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </div>
        <div className="flex flex-wrap gap-2">
          <SubmitButton>Continue</SubmitButton>
          <ButtonLink href={listHref(meta, query)} prefetch={false}>
            No, take me back
          </ButtonLink>
        </div>
      </SendingForm>
    </AdminPage>
  );
}
