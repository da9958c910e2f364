import { firstPasswordAction } from '@/app/(auth)/accounts/password_change/actions';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordFields } from '@/components/forms/new-password-fields';
import { SubmitButton } from '@/components/forms/submit-button';
import { NarrowPage } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import type { User } from '@/lib/contrib/auth/models';

const TITLE = 'Set a password';

type Props = { user: User; fields: readonly ConfirmationField[]; isFresh: boolean };

/**
 * In the place of a change of password, for whoever has none: behind what shows who they are, which is a
 * sign-in of just now, or what they can give in the form.
 */
export function FirstPassword({ user, fields, isFresh }: Props) {
  if (!isFresh && fields.length === 0) {
    return (
      <NarrowPage
        title={TITLE}
        heading="Sign in again first"
        user={user}
        lead="You signed in a while ago. Sign in once more as you did then, and set your password after that."
      >
        <ButtonLink
          href={`${settings.LOGIN_URL}?next=/accounts/password_change/`}
          variant="primary"
          prefetch={false}
        >
          Sign in again
        </ButtonLink>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage
      title={TITLE}
      user={user}
      lead={
        <>
          Your account has none yet. With one you sign in as{' '}
          <bdi className="font-semibold text-ink">{user.getUsername()}</bdi> too, beside the ways
          that you have.
        </>
      }
    >
      <ActionForm action={firstPasswordAction}>
        <NewPasswordFields user={user} />
        <StepUpIfOld fields={fields} isOld={!isFresh} purpose="to set a password" />
        <SubmitButton className="w-full">Set the password</SubmitButton>
      </ActionForm>
    </NarrowPage>
  );
}
