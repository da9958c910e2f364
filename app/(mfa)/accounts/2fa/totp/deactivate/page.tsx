import { redirect } from 'next/navigation';
import { deactivateTotpAction } from '@/app/(mfa)/accounts/2fa/totp/deactivate/actions';
import { loginRequired } from '@/app/(mfa)/guards';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';
import { mustConfirmFirst } from '@/lib/extras/mfa/factors/must-confirm';
import { hasFactor } from '@/lib/extras/mfa/possession';

export default loginRequired.page(async function DeactivateTotpPage({ request }) {
  const { user } = request;
  if (!(await hasFactor(user))) redirect(OVERVIEW_PATH);
  return (
    <NarrowPage
      title="Turn off the authenticator app"
      user={user}
      lead="Its codes let nobody in any more, and all your other sessions end. With your last factor the recovery codes go too."
    >
      <ActionForm action={deactivateTotpAction} failed="Not turned off" isWatched={false}>
        <StepUpIfOld fields={await stepUpFields(user)} isOld={await mustConfirmFirst(request)} />
        <div className="flex gap-2">
          <SubmitButton variant="danger">Turn it off</SubmitButton>
          <ButtonLink variant="quiet" href={OVERVIEW_PATH}>
            Cancel
          </ButtonLink>
        </div>
      </ActionForm>
    </NarrowPage>
  );
});
