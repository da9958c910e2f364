import { DateTime } from '@/components/date-time';
import { Fact, Facts } from '@/components/facts';
import { Page } from '@/components/page';
import { PermissionList } from '@/components/permissions/permission-list';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import type { explainAll } from '@/lib/auth/explain';
import type { User } from '@/lib/auth/models';

type Props = { user: User } & Awaited<ReturnType<typeof explainAll>>;

export function DashboardView({ user, groups, permissions }: Props) {
  return (
    <Page title="Dashboard" heading={user.getFullName() || user.username} user={user}>
      <div className="space-y-10">
        <Section title="Account">
          <Facts>
            <Fact name="Username">
              <bdi>{user.username}</bdi>
            </Fact>
            <Fact name="Email">{user.email || 'None'}</Fact>
            <Fact name="Role">{roleOf(user)}</Fact>
            <Fact name="Last sign-in">
              {user.lastLogin ? <DateTime value={user.lastLogin} /> : 'Never'}
            </Fact>
          </Facts>
          <p className="mt-4 flex flex-wrap gap-x-6 gap-y-1">
            <TextLink href="/accounts/password_change/">Change password</TextLink>
            <TextLink href="/accounts/sessions/">See where you are signed in</TextLink>
          </p>
        </Section>
        <Section title="Groups" lead={groups.length > 0 && 'What a group may do, you may do.'}>
          {groups.length === 0 ? (
            <p className="text-muted">You are in no group.</p>
          ) : (
            <ul className="space-y-1">
              {groups.map(({ id, name }) => (
                <li key={id}>
                  <bdi>{name}</bdi>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section
          title="Permissions"
          isWide
          lead={
            user.isSuperuser
              ? 'You are a superuser: every permission is yours without being granted.'
              : 'What you may do, and where each permission comes from.'
          }
        >
          <PermissionList permissions={permissions} />
        </Section>
      </div>
    </Page>
  );
}

function roleOf({ isSuperuser, isStaff }: { isSuperuser: boolean; isStaff: boolean }): string {
  if (isSuperuser) return 'Superuser';
  return isStaff ? 'Staff' : 'Member';
}
