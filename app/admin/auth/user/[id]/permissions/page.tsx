import { AdminPage } from '@/components/admin/admin-page';
import { GroupChange } from '@/components/permissions/group-change';
import { PermissionSearch } from '@/components/permissions/permission-search';
import { PermissionStates, StateFilter } from '@/components/permissions/permission-states';
import { UserGroups } from '@/components/permissions/user-groups';
import { WhyAnswer } from '@/components/permissions/why-answer';
import { Section } from '@/components/section';
import { staffMemberRequired } from '@/lib/contrib/admin/decorators';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { visibleUserOr404 } from '@/lib/extras/why/visible-users';
import { loadWhyPage } from '@/lib/extras/why/why-page';
import { queryText } from '@/lib/http/search-params';

export default staffMemberRequired.page(async function WhyPage({ request, params, searchParams }) {
  const user = await visibleUserOr404(request.user, params.id ?? '');
  const query = {
    perm: queryText(searchParams, 'perm'),
    without: queryText(searchParams, 'without'),
    with: queryText(searchParams, 'with'),
  };
  const page = await loadWhyPage(request.user, user, query);
  const { states, answer, change, errors } = page;
  const changeHref = `/admin/auth/user/${user.id}/change/`;
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
        (await hasViewPermission(request.user, userAdmin))
          ? [
              { label: 'Authentication and Authorization', href: '/admin/auth/' },
              { label: 'Users', href: '/admin/auth/user/' },
              { label: user.username, href: changeHref },
            ]
          : []
      }
    >
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
