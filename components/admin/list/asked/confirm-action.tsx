import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import type { Place } from '@/components/admin/rights/place';
import { StepUpPlain } from '@/components/admin/step-up-plain';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  action: Pick<OfferedAction, 'name' | 'label'>;
  ids: readonly RowId[];
  place?: Place;
  chosen: string;
  query: string;
  error: string | undefined;
  fields: readonly ConfirmationField[];
};

/** Asks who one is before the ticked rows are worked on. Its form is the list's own. */
export function ConfirmAction({ request, admin, action, ids, query, place, ...asked }: Props) {
  const { error, fields, chosen } = asked;
  const { meta } = admin;
  const kind = nameOfKind(meta.prismaName, ids.length);
  const what = `${action.label} ${ids.length.toLocaleString('en')} ${kind}`;
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
      <SendingForm
        action={place?.send ?? listAction}
        className="space-y-6"
        failed="Nothing is done"
      >
        <input type="hidden" name="_model" value={meta.key} />
        <input type="hidden" name="_query" value={query} />
        {Object.entries(place?.carried ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="_selected_action" value={ids.join(',')} />
        <input type="hidden" name="action" value={action.name} />
        <input type="hidden" name="_chosen" value={chosen} />
        <input type="hidden" name="post" value="yes" />
        <StepUpPlain
          fields={fields}
          error={error}
          hint="You signed in a while ago, and this changes who gets in."
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton>{what}</SubmitButton>
          <ButtonLink href={place?.back ?? listHref(meta, query)} prefetch={false}>
            No, take me back
          </ButtonLink>
        </div>
      </SendingForm>
    </AdminPage>
  );
}
