import { redirect } from 'next/navigation';
import { formAnswer } from '@/app/(admin)/admin/[app]/[model]/[id]/form-answer';
import {
  actionFormAnswer,
  choiceAnswer,
  confirmationAnswer,
  deletionAnswer,
  reviewAnswer,
} from '@/app/(admin)/admin/[app]/[model]/answer';
import { adminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { ActionFormPage } from '@/components/admin/list/asked/action-form-page';
import { ConfirmAction } from '@/components/admin/list/asked/confirm-action';
import { DeleteSelected } from '@/components/admin/list/asked/delete-selected';
import { ChangeListPage } from '@/components/admin/list/change-list-page';
import { ReviewList } from '@/components/admin/list/editable/review-list';
import { ChooseAction } from '@/components/admin/rights/choose-action';
import { ReviewAction } from '@/components/admin/rights/review-action';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { listPath, searchParamsOf } from '@/lib/contrib/admin/list/list-address';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';

type Params = { app: string; model: string };

export default staffMemberRequired.page<Params>(async function ChangeList({
  request,
  params,
  searchParams,
}) {
  const admin = adminOr404(params);
  if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
  const asked = deletionAnswer.take();
  if (asked) return <DeleteSelected request={request} admin={admin} {...asked} />;
  const choosing = choiceAnswer.take();
  if (choosing) return <ChooseAction request={request} admin={admin} {...choosing} />;
  const unread = reviewAnswer.take();
  if (unread) {
    const fields = await stepUpFields(request.user);
    return <ReviewAction request={request} admin={admin} fields={fields} {...unread} />;
  }
  const confirming = confirmationAnswer.take();
  if (confirming) {
    const fields = await stepUpFields(request.user);
    return <ConfirmAction request={request} admin={admin} fields={fields} {...confirming} />;
  }
  const rows = formAnswer.take();
  if (rows?.kind === 'review') {
    const fields = rows.isProofAsked ? await stepUpFields(request.user) : [];
    return <ReviewList request={request} admin={admin} fields={fields} answer={rows} />;
  }
  const form = actionFormAnswer.take();
  if (form) {
    const fields = form.isStale ? await stepUpFields(request.user) : [];
    return <ActionFormPage request={request} admin={admin} fields={fields} {...form} />;
  }
  const list = await listOrBack(admin, request.user, searchParamsOf(searchParams));
  return <ChangeListPage request={request} admin={admin} list={list} sent={rows?.state} />;
});

async function listOrBack(admin: ModelAdmin, user: User, params: URLSearchParams) {
  try {
    return await getChangeList(admin, user, params);
  } catch (error) {
    if (!(error instanceof IncorrectLookup)) throw error;
    redirect(`${listPath(admin.meta)}?e=1`);
  }
}
