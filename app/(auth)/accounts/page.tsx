import { loginRequired } from '@/app/(auth)/guards';
import { DateTime } from '@/components/date-time';
import { Fact, Facts } from '@/components/facts';
import { Name } from '@/components/name';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import { linksFor } from '@/lib/apps/installed';

export default loginRequired.page(async function AccountPage({ request: { user } }) {
  const links = await linksFor(user, 'accountLinks');
  const fullName = user.getFullName();
  return (
    <Page
      title="Your account"
      user={user}
      lead="Who you are here, how you sign in, and what is kept of you."
    >
      <div className="space-y-10">
        <Section title="You">
          <Facts>
            <Fact name="Username">
              <Name text={user.username} />
            </Fact>
            {fullName !== '' && (
              <Fact name="Name">
                <Name text={fullName} />
              </Fact>
            )}
            <Fact name="Email">{user.email || 'None'}</Fact>
            <Fact name="Last sign-in">
              {user.lastLogin ? <DateTime value={user.lastLogin} /> : 'Never'}
            </Fact>
          </Facts>
        </Section>
        <Section title="Yours to change">
          <ul className="divide-y divide-line border-y border-line">
            {links.map(({ href, label }) => (
              <li key={href}>
                <TextLink
                  href={href}
                  prefetch={false}
                  className="flex min-h-12 items-center no-underline"
                >
                  {label}
                </TextLink>
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  );
});
