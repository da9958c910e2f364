import { DashboardView } from '@/app/(site)/dashboard/view';
import { loginRequired } from '@/app/(site)/guards';
import { linksFor } from '@/lib/apps/installed';
import { accountCards } from '@/lib/contrib/auth/account/account-cards';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';
import { landingOf } from '@/lib/contrib/auth/sign-in/landing';

export default loginRequired.page(async function DashboardPage({ request }) {
  const { user } = request;
  const links = await linksFor(user, 'accountLinks');
  const cards = accountCards(request);
  const held = await explainAll(user);
  const landing = await landingOf(user);
  const onward = (await linksFor(user, 'headerLinks')).find(({ href }) => href === landing) ?? null;
  return <DashboardView user={user} links={links} cards={cards} onward={onward} {...held} />;
});
