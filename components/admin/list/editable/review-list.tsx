import { editListAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { AdminPage } from '@/components/admin/admin-page';
import { type ReviewedForm, ReviewForm } from '@/components/admin/rights/review-form';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';
import { capfirst } from '@/lib/core/text';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  answer: ReviewedForm;
  fields: readonly ConfirmationField[];
};

/** What rows that were changed in their list do to people, to be read before they are saved. */
export function ReviewList({ request, admin: { meta }, answer, fields }: Props) {
  return (
    <AdminPage
      request={request}
      title={`Review the changes of ${meta.verboseNamePlural}`}
      lead="Nothing has been saved yet."
      crumbs={[
        { label: meta.appVerboseName, href: `/admin/${meta.appLabel}/` },
        { label: capfirst(meta.verboseNamePlural), href: listPath(meta) },
      ]}
    >
      <ReviewForm
        answer={answer}
        action={editListAction}
        actorId={request.user.id}
        fields={fields}
      />
    </AdminPage>
  );
}
