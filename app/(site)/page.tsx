import { loginNotRequired } from '@/app/(site)/guards';
import { ButtonLink } from '@/components/button';
import { Page } from '@/components/page';
import { GlyphLegend } from '@/components/permissions/legend';
import { Section } from '@/components/section';
import { linksFor } from '@/lib/apps/installed';
import type { User } from '@/lib/contrib/auth/models';
import { landingOf } from '@/lib/contrib/auth/sign-in/landing';

export default loginNotRequired.page(async function HomePage({ request }) {
  const { user } = request;
  return (
    <Page
      title="Home"
      heading="Who may do what, and why"
      user={user}
      lead="People, groups and permissions with Django's names and rules. Every page, action and request is checked, and every answer comes with its reason."
    >
      <div className="space-y-12">
        {user.isAuthenticated ? (
          <WaysOn ways={await waysOn(user)} />
        ) : (
          <ButtonLink href="/accounts/login/" variant="primary" prefetch={false}>
            Sign in
          </ButtonLink>
        )}
        <Section
          title="How a permission is shown"
          lead="The same signs stand wherever a permission does."
        >
          <GlyphLegend />
        </Section>
      </div>
    </Page>
  );
});

type Ways = readonly { href: string; label: string }[];

/** Where this person can go on, where signing in would have led first. */
async function waysOn(user: User): Promise<Ways> {
  const dashboard = { href: '/dashboard/', label: 'Your dashboard' };
  const all = [dashboard, ...(await linksFor(user, 'headerLinks'))];
  const landing = await landingOf(user);
  return all.toSorted(
    (one, other) => Number(other.href === landing) - Number(one.href === landing),
  );
}

function WaysOn({ ways }: { ways: Ways }) {
  return (
    <p className="flex flex-wrap gap-2">
      {ways.map(({ href, label }, i) => (
        <ButtonLink key={href} href={href} variant={i === 0 ? 'primary' : 'secondary'}>
          {label}
        </ButtonLink>
      ))}
    </p>
  );
}
