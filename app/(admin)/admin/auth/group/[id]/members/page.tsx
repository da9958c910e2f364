import { confirmationAnswer, reviewAnswer } from '@/app/(admin)/admin/[app]/[model]/answer';
import { membersAction } from '@/app/(admin)/admin/auth/group/[id]/members/actions';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { objectCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { ConfirmAction } from '@/components/admin/list/asked/confirm-action';
import { GroupMembers } from '@/components/admin/rights/group-members';
import { ReviewAction } from '@/components/admin/rights/review-action';
import { ButtonLink } from '@/components/button';
import { PageNumber, Pagination } from '@/components/pagination';
import { HeldNotes } from '@/components/permissions/holders/held-notes';
import {
  hasChangePermission,
  hasViewPermission,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { strOf } from '@/lib/contrib/admin/rows';
import { candidatesFor, groupMembers } from '@/lib/contrib/auth/admin/rights/group-members';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { holderNotes } from '@/lib/contrib/auth/permissions/holder-notes';
import { userAdminPath, userModelKey } from '@/lib/contrib/auth/users/user-path';
import { queryPage } from '@/lib/http/search-params';

export default staffMemberRequired.page<{ id: string }>(async function MembersPage({
  request,
  params,
  searchParams,
}) {
  const { user } = request;
  const groups = modelAdminOr404('auth.group');
  const group = await objectOr404(user, groups, params.id);
  const admin = modelAdminOr404(userModelKey());
  if (!(await hasViewPermission(user, admin))) throw permissionDenied(admin, 'view');
  const place = {
    send: membersAction,
    back: `/admin/auth/group/${group.id}/members/`,
    carried: { _group: String(group.id) },
  };
  const asked = { request, admin, place };
  const unread = reviewAnswer.take();
  const confirming = confirmationAnswer.take();
  if (unread) return <ReviewAction {...asked} fields={await stepUpFields(user)} {...unread} />;
  if (confirming) {
    return <ConfirmAction {...asked} fields={await stepUpFields(user)} {...confirming} />;
  }
  const page = queryPage(searchParams);
  const groupId = Number(group.id);
  const { members, hasNext } = await groupMembers(user, admin, { groupId, page });
  const mayChange = await hasChangePermission(user, admin);
  const search = mayChange && typeof searchParams['q'] === 'string' ? searchParams['q'].trim() : '';
  const found = search === '' ? null : await candidatesFor(user, admin, { groupId, search });
  const name = strOf(groups, group);
  const ids = members.map(({ id }) => id);
  const notes = await holderNotes(user, { kind: 'group', id: groupId }, ids);
  return (
    <AdminPage
      request={request}
      title={`Members of ${name}`}
      crumbs={objectCrumbs(groups, group)}
      actions={
        <ButtonLink href={userAdminPath(`?groups__id__exact=${group.id}`)} prefetch={false}>
          In the list of users
        </ButtonLink>
      }
    >
      <HeldNotes notes={notes} />
      <GroupMembers
        notes={notes}
        groupId={groupId}
        members={members}
        mayChange={mayChange}
        search={search}
        found={found}
        action={membersAction}
      />
      <Pagination page={page} hasNext={hasNext} prefetch={false} hrefOf={(each) => `?p=${each}`}>
        <PageNumber page={page} />
      </Pagination>
    </AdminPage>
  );
});
