import { DashboardView } from '@/app/(site)/dashboard/view';
import { loginRequired } from '@/app/(site)/guards';
import { linksFor } from '@/lib/apps/installed';
import { accountCards } from '@/lib/contrib/auth/account/account-cards';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';

export default loginRequired.page(async function DashboardPage({ request }) {
  const { user } = request;
  const links = await linksFor(user, 'accountLinks');
  const cards = accountCards(request);
  return <DashboardView user={user} links={links} cards={cards} {...(await explainAll(user))} />;
});
