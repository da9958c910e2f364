import { confirmAction, unlinkAction } from '@/app/(socialaccount)/accounts/3rdparty/actions';
import { loginRequired } from '@/app/(socialaccount)/guards';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { ConfirmToChange } from '@/components/socialaccount/confirm-to-change';
import { LinkList } from '@/components/socialaccount/link-list';
import { ProviderButtons } from '@/components/socialaccount/provider-buttons';
import { settings } from '@/lib/conf/settings';
import { confirmationsOf } from '@/lib/contrib/auth/confirmations/confirmation';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { linksOf } from '@/lib/extras/socialaccount/links/social-accounts';
import { providerName } from '@/lib/extras/socialaccount/providers/configured';
import { loginPath } from '@/lib/extras/socialaccount/sign-in-ways';

export default loginRequired.page(async function LinksPage({ request }) {
  const { user } = request;
  const isFresh = isSignInFresh(request);
  const links = (await linksOf(user.id)).map((link) => ({
    ...link,
    name: providerName(link.provider),
  }));
  const buttons = settings.SOCIALACCOUNT_PROVIDERS.map((provider) => ({
    href: loginPath(provider.id),
    label: `Link ${providerName(provider)}`,
  }));
  return (
    <Page
      title="Accounts elsewhere"
      user={user}
      lead="Each account that is linked here signs you in. Whatever is linked or unlinked is told to your address."
    >
      <div className="space-y-10">
        <Section title="Linked">
          <LinkList links={links} action={isFresh ? unlinkAction : null} />
        </Section>
        {isFresh ? (
          buttons.length > 0 && (
            <Section title="Another one" lead="You sign in there, and come back here.">
              <ProviderButtons buttons={buttons} />
            </Section>
          )
        ) : (
          <ConfirmToChange
            action={confirmAction}
            fields={(await confirmationsOf(user)).map(({ field }) => field)}
          />
        )}
      </div>
    </Page>
  );
});
