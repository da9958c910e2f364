import {
  type AskedAction,
  AskedActionForm,
  AskedActionPage,
} from '@/components/admin/list/asked/asked-action';
import { StepUpPlain } from '@/components/admin/step-up-plain';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = AskedAction & {
  error: string | undefined;
  fields: readonly ConfirmationField[];
};

/** Asks who one is before the ticked rows are worked on. */
export function ConfirmAction({ error, fields, request, ...asked }: Props) {
  const { admin, action, ids, query } = asked;
  const kind = nameOfKind(admin.meta.prismaName, ids.length);
  const what = `${action.label} ${ids.length.toLocaleString('en')} ${kind}`;
  return (
    <AskedActionPage request={request} admin={admin} query={query} what={what}>
      <AskedActionForm {...asked} what={what} className="space-y-6">
        <input type="hidden" name="post" value="yes" />
        <StepUpPlain
          fields={fields}
          error={error}
          hint="You signed in a while ago, and this changes who gets in."
        />
      </AskedActionForm>
    </AskedActionPage>
  );
}
