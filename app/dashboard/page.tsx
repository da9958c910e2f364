import { DashboardView } from '@/app/dashboard/view';
import { linksFor } from '@/lib/apps/installed';
import { loginRequired } from '@/lib/contrib/auth/decorators';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';

export default loginRequired(async function DashboardPage({ request: { user } }) {
  const links = await linksFor(user, 'accountLinks');
  return <DashboardView user={user} links={links} {...(await explainAll(user))} />;
});
