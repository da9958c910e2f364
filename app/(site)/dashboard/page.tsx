import { DashboardView } from '@/app/(site)/dashboard/view';
import { loginRequired } from '@/app/(site)/guards';
import { linksFor } from '@/lib/apps/installed';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';

export default loginRequired.page(async function DashboardPage({ request: { user } }) {
  const links = await linksFor(user, 'accountLinks');
  return <DashboardView user={user} links={links} {...(await explainAll(user))} />;
});
