import { type StepUp, StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { CheckboxField } from '@/components/forms/checkbox-field';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { PermissionTicks } from '@/components/tokens/permission-ticks';
import type { OfferedPermissions } from '@/lib/extras/tokens/offered-permissions';

type Props = {
  action: FormAction;
  offered: OfferedPermissions;
  expires: string;
  /** As `YYYY-MM-DD`; null where a token may live for ever. */
  lastDay: string | null;
  mayBeFull: boolean;
  stepUp: StepUp;
};

export function AddTokenForm({ action, offered, expires, lastDay, mayBeFull, stepUp }: Props) {
  const least = lastDay === null ? 'Leave it empty for no end.' : `At the latest on ${lastDay}.`;
  return (
    <div className="max-w-2xl">
      <ActionForm action={action} initialValues={{ expires }} failed="No token is made">
        <TextField
          name="name"
          label="Name"
          hint="The program or machine that uses it."
          dir="auto"
        />
        <TextField
          name="expires"
          label="Last day"
          type="date"
          hint={`Its last day in UTC. ${least}`}
          required={lastDay !== null}
        />
        <PermissionTicks offered={offered} />
        {mayBeFull && (
          <CheckboxField
            name="is_full"
            label="Everything that I may do"
            hint="Now and later. What is ticked above is then only part of it."
          />
        )}
        <TextField
          name="networks"
          label="Networks"
          hint="Addresses from which it may be used, such as 192.0.2.0/24, apart by spaces. Empty for any."
          required={false}
          spellCheck={false}
          autoCapitalize="none"
        />
        <StepUpIfOld {...stepUp} />
        <div className="flex gap-2">
          <SubmitButton>Make token</SubmitButton>
          <ButtonLink variant="quiet" href="/accounts/tokens/">
            Cancel
          </ButtonLink>
        </div>
      </ActionForm>
    </div>
  );
}
