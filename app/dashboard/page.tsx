import { DashboardView } from '@/app/dashboard/view';
import { explainAll } from '@/lib/auth/explain';
import { loginRequired } from '@/lib/http/decorators';

export default loginRequired(async function DashboardPage({ request: { user } }) {
  return <DashboardView user={user} {...(await explainAll(user))} />;
});
