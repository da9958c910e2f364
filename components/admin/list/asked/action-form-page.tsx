import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import { PlainFields } from '@/components/admin/list/plain-fields';
import { StepUpPlain } from '@/components/admin/step-up-plain';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { AskedForm } from '@/lib/contrib/admin/action/with-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { FormState } from '@/lib/forms/forms';
import type { RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  action: Pick<OfferedAction, 'name' | 'label'>;
  asked: AskedForm;
  state: FormState;
  ids: readonly RowId[];
  query: string;
  /** Who one is, where that has to be shown; none otherwise. */
  fields: readonly ConfirmationField[];
  error: string | undefined;
};

/** Asks what an action wants to know before the ticked rows are worked on. Its form is the list's own. */
export function ActionFormPage({ request, admin, action, asked, state, ...props }: Props) {
  const { ids, query, fields, error } = props;
  const { meta } = admin;
  const kind = nameOfKind(meta.prismaName, ids.length);
  const what = `${action.label} ${ids.length.toLocaleString('en')} ${kind}`;
  return (
    <AdminPage
      request={request}
      title={what}
      crumbs={[
        { label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` },
        { label: capfirst(meta.verboseNamePlural), href: listHref(meta, query) },
      ]}
      lead="Nothing has been done yet."
    >
      <SendingForm
        action={listAction}
        className="max-w-2xl space-y-6"
        failed="Nothing is done"
        noValidate
      >
        <input type="hidden" name="_model" value={meta.key} />
        <input type="hidden" name="_query" value={query} />
        <input type="hidden" name="_selected_action" value={ids.join(',')} />
        <input type="hidden" name="action" value={action.name} />
        <input type="hidden" name="post" value="yes" />
        <PlainFields fields={asked.fields} state={state} />
        {fields.length > 0 && (
          <StepUpPlain
            fields={fields}
            error={error}
            hint="You signed in a while ago, and this changes who gets in."
          />
        )}
        <div className="flex flex-wrap gap-2">
          <SubmitButton>{what}</SubmitButton>
          <ButtonLink href={listHref(meta, query)} prefetch={false}>
            No, take me back
          </ButtonLink>
        </div>
      </SendingForm>
    </AdminPage>
  );
}
