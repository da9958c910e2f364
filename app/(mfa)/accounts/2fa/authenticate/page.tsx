import { authenticateAction } from '@/app/(mfa)/accounts/2fa/authenticate/actions';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { ActionForm } from '@/components/forms/action-form';
import { CheckboxField } from '@/components/forms/checkbox-field';
import { SubmitButton } from '@/components/forms/submit-button';
import { FactorFields } from '@/components/mfa/factor-fields';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { requiredKinds } from '@/lib/extras/mfa/factors/kinds';
import { ownedKinds } from '@/lib/extras/mfa/factors/own-factors';
import { whoAuthenticates } from '@/lib/extras/mfa/who';
import { getSafeNext } from '@/lib/http/safe-url';

export default loginNotRequired.page(async function AuthenticatePage({ request, searchParams }) {
  const { user, isPending } = await whoAuthenticates(request);
  const owned = await ownedKinds(user);
  const required = requiredKinds();
  const kinds = isPending ? owned : owned.filter((kind) => required.includes(kind));
  const hasCodes = kinds.some(({ standsAlone }) => !standsAlone);
  return (
    <NarrowPage
      title="Second factor"
      user={request.user}
      lead="One more step, so that your password alone is not enough."
    >
      <ActionForm action={authenticateAction} failed="Not signed in" isWatched={false}>
        <input type="hidden" name="next" value={getSafeNext(request, searchParams) ?? ''} />
        <FactorFields kinds={kinds} purpose={isPending ? 'second' : 'confirm'} />
        {isPending && settings.MFA_TRUST_ENABLED && (
          <CheckboxField
            name="trust"
            label="Do not ask again in this browser"
            hint={`For ${trustDays()}. Only where nobody else comes.`}
          />
        )}
        {kinds.some(({ field }) => field.name === 'code') && (
          <SubmitButton className="w-full">Go on</SubmitButton>
        )}
      </ActionForm>
      <details className="mt-6 border-t border-line pt-4">
        <summary className="text-muted">Lost your device?</summary>
        <p className="mt-2 text-muted">
          {hasCodes &&
            'Enter one of your recovery codes above. If you have none of them left, ask '}
          {!hasCodes && 'Ask '}
          the people who run this site: they make sure that it is you, and let you set up another.
          No mail alone can do that.
        </p>
      </details>
    </NarrowPage>
  );
});

function trustDays(): string {
  const days = Math.round(settings.MFA_TRUST_COOKIE_AGE / 86_400);
  return days === 1 ? 'one day' : `${days} days`;
}
