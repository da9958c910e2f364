import { DashboardView } from '@/app/dashboard/view';
import { loginRequired } from '@/lib/contrib/auth/decorators';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';

export default loginRequired.page(async function DashboardPage({ request: { user } }) {
  return <DashboardView user={user} {...(await explainAll(user))} />;
});
