import { loginNotRequired } from '@/app/(socialaccount)/guards';
import { ButtonLink } from '@/components/button';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { Http404 } from '@/lib/core/exceptions';
import { OUTCOMES, type Outcome } from '@/lib/extras/socialaccount/addresses';
import { findProvider, providerName } from '@/lib/extras/socialaccount/providers/configured';
import { getSafeNext } from '@/lib/http/safe-url';

type Words = { heading: string; lead: string };

export default loginNotRequired.page<{ outcome: string }>(async function OutcomePage({
  request,
  params,
  searchParams,
}) {
  const outcome = OUTCOMES.find((each) => each === params.outcome);
  if (!outcome) throw new Http404();
  const provider = findProvider(String(searchParams['provider'] ?? ''));
  const [reference] = /^[0-9a-f]{8}$/.exec(String(searchParams['reference'])) ?? [];
  const words = wordsOf(outcome, provider ? providerName(provider) : 'your provider');
  const next = outcome === 'link' ? (getSafeNext(request, searchParams) ?? '') : '';
  const login = next === '' ? settings.LOGIN_URL : redirectToLogin(next);
  return (
    <NarrowPage title="Sign in" heading={words.heading} user={request.user} lead={words.lead}>
      <div className="space-y-5">
        <ButtonLink href={login} variant="primary" prefetch={false} className="w-full">
          {outcome === 'link' ? 'Sign in' : 'Back to signing in'}
        </ButtonLink>
        {reference !== undefined && (
          <p className="text-sm text-muted">
            Reference <code>{reference}</code>
          </p>
        )}
      </div>
    </NarrowPage>
  );
});

function wordsOf(outcome: Outcome, provider: string): Words {
  switch (outcome) {
    case 'error':
      return {
        heading: `Sign-in at ${provider} did not work`,
        lead: 'Nothing was changed. Try it again; if it goes on, tell the people who run the site the reference below.',
      };
    case 'closed':
      return {
        heading: 'No account here for this sign-in',
        lead: `${provider} knows you, and nobody here does. If you have an account, sign in to it and link the two; otherwise ask the people who run the site for one.`,
      };
    case 'link':
      return {
        heading: 'You have an account here',
        lead: `Sign in to it once as you are used to, within ten minutes and in this browser, and ${provider} signs you in from then on.`,
      };
  }
}
