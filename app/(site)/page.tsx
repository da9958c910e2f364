import { loginNotRequired } from '@/app/(site)/guards';
import { ButtonLink } from '@/components/button';
import { Page } from '@/components/page';
import { GlyphLegend } from '@/components/permissions/legend';
import { Section } from '@/components/section';

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
          <ButtonLink href="/dashboard/" variant="primary">
            Open your dashboard
          </ButtonLink>
        ) : (
          <ButtonLink href="/accounts/login/" variant="primary" prefetch={false}>
            Sign in
          </ButtonLink>
        )}
        <Section
          title="How a permission is shown"
          lead="The same five signs stand wherever a permission does."
        >
          <GlyphLegend />
        </Section>
      </div>
    </Page>
  );
});
