import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { Section } from '@/components/section';
import { settings } from '@/lib/conf/settings';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = { action: FormAction; fields: readonly ConfirmationField[] };

/** In the place of what changes links, for whoever signed in a while ago: first they show who they are. */
export function ConfirmToChange({ action, fields }: Props) {
  return (
    <Section title="Change them" lead="First show once more that it is you.">
      {fields.length === 0 ? (
        <ButtonLink
          href={`${settings.LOGIN_URL}?next=/accounts/3rdparty/`}
          variant="primary"
          prefetch={false}
        >
          Sign in again
        </ButtonLink>
      ) : (
        <ActionForm action={action} failed="Not confirmed" isWatched={false} className="max-w-96">
          <StepUpIfOld fields={fields} isOld />
          <SubmitButton>Go on</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}
