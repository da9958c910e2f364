import { requireUserAddress } from '@/app/(admin)/admin/auth/user/find-user';
import { PersonTabs } from '@/app/(admin)/admin/auth/user/person-tabs';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(why)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { GroupChange } from '@/components/permissions/group-change';
import { PermissionSearch } from '@/components/permissions/permission-search';
import { PermissionStates, StateFilter } from '@/components/permissions/permission-states';
import { UserGroups } from '@/components/permissions/user-groups';
import { WhyAnswer } from '@/components/permissions/why-answer';
import { Section } from '@/components/section';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { visibleUserOr404 } from '@/lib/extras/why/visible-users';
import { loadWhyPage } from '@/lib/extras/why/why-page';
import { queryText } from '@/lib/http/search-params';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function WhyPage({
  request,
  params,
  searchParams,
}) {
  requireUserAddress(params);
  const user = await visibleUserOr404(request.user, params.id);
  const query = {
    perm: queryText(searchParams, 'perm'),
    without: queryText(searchParams, 'without'),
    with: queryText(searchParams, 'with'),
  };
  const page = await loadWhyPage(request.user, user, query);
  const { states, answer, change, errors } = page;
  const changeHref = userAdminPath(`${user.id}/change/`);
  const granted = states.filter(({ state }) => state !== 'none');
  const show = queryText(searchParams, 'show') === 'all' ? 'all' : 'held';
  return (
    <AdminPage
      request={request}
      title={`Permissions of ${user.username}`}
      heading={
        <>
          Permissions of <bdi>{user.username}</bdi>
        </>
      }
      lead="Every permission with where it comes from. Ask for one to see its reasons."
      crumbs={
        (await hasViewPermission(request.user, userAdmin()))
          ? [...listCrumbs(userAdmin()), { label: user.username, href: changeHref }]
          : []
      }
    >
      <PersonTabs viewer={request.user} id={user.id} tab="Permissions and why" />
      <div className="space-y-8">
        <PermissionSearch value={query.perm} error={errors.perm} options={states} />
        {answer && (
          <WhyAnswer
            {...answer}
            changeHref={changeHref}
            name={states.find(({ perm }) => perm === answer.why.perm)?.name ?? ''}
          />
        )}
        {change && <GroupChange username={user.username} change={change} />}
        <Section title="Groups">
          <UserGroups {...page} error={errors.group} />
        </Section>
        <Section title="Permissions" isWide lead={accountWords(user)}>
          <StateFilter current={show} counts={{ held: granted.length, all: states.length }} />
          {show === 'held' && granted.length === 0 && (
            <p className="text-muted">Nothing is granted, neither directly nor through a group.</p>
          )}
          <PermissionStates states={show === 'all' ? states : granted} />
        </Section>
      </div>
    </AdminPage>
  );
});

function accountWords({ isActive, isSuperuser }: { isActive: boolean; isSuperuser: boolean }) {
  if (!isActive) return 'The account is inactive: what is granted to it is void.';
  return isSuperuser ? 'A superuser: every permission is held without being granted.' : undefined;
}
