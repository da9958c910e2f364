import { Holdings } from '@/app/(site)/dashboard/holdings';
import { DateTime } from '@/components/date-time';
import { Page } from '@/components/page';
import { tableOf } from '@/components/permissions/permission-table';
import type { User } from '@/lib/contrib/auth/models';
import type { explainAll } from '@/lib/contrib/auth/permissions/decisions';

type Props = { user: User; links: readonly { href: string; label: string }[] } & Awaited<
  ReturnType<typeof explainAll>
>;

export function DashboardView({ user, links, groups, permissions }: Props) {
  return (
    <Page title="Dashboard" heading={user.getFullName() || user.username} user={user}>
      <Holdings
        username={user.username}
        email={user.email}
        isSuperuser={user.isSuperuser}
        isStaff={user.isStaff}
        lastSignIn={user.lastLogin ? <DateTime value={user.lastLogin} /> : 'Never'}
        groups={groups}
        links={links}
        permissions={tableOf(permissions)}
      />
    </Page>
  );
}
