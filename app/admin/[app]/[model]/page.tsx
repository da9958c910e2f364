import { redirect } from 'next/navigation';
import { confirmationAnswer, deletionAnswer } from '@/app/admin/[app]/[model]/answer';
import { adminOr404 } from '@/app/admin/find-admin';
import { ChangeListPage } from '@/components/admin/list/change-list-page';
import { ConfirmAction } from '@/components/admin/list/confirm-action';
import { DeleteSelected } from '@/components/admin/list/delete-selected';
import { staffMemberRequired } from '@/lib/contrib/admin/decorators';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { listPath, searchParamsOf } from '@/lib/contrib/admin/list/list-address';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
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
  const confirming = confirmationAnswer.take();
  if (confirming) return <ConfirmAction request={request} admin={admin} {...confirming} />;
  const list = await listOrBack(admin, request.user, searchParamsOf(searchParams));
  return <ChangeListPage request={request} admin={admin} list={list} />;
});

async function listOrBack(admin: ModelAdmin, user: User, params: URLSearchParams) {
  try {
    return await getChangeList(admin, user, params);
  } catch (error) {
    if (!(error instanceof IncorrectLookup)) throw error;
    redirect(`${listPath(admin.meta)}?e=1`);
  }
}
