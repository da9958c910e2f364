import { renamePasskeyAction } from '@/app/(mfa)/accounts/2fa/webauthn/actions';
import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginRequired } from '@/app/(mfa)/guards';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { NarrowPage } from '@/components/page';
import { PASSKEYS_PATH } from '@/lib/extras/mfa/addresses';
import { ownPasskeyOrThrow } from '@/lib/extras/mfa/passkeys/passkeys';
import { parseId } from '@/lib/forms/fields';

export default loginRequired.page<{ id: string }>(async function RenamePasskeyPage({
  request: { user },
  params,
}) {
  passkeysRequired();
  const { id, name } = await ownPasskeyOrThrow(user.id, parseId(params.id));
  return (
    <NarrowPage title="Rename a passkey" user={user}>
      <ActionForm action={renamePasskeyAction} initialValues={{ name }}>
        <input type="hidden" name="id" value={id} />
        <TextField name="name" label="Name" hint="What tells you where it is kept." dir="auto" />
        <div className="flex gap-2">
          <SubmitButton>Save</SubmitButton>
          <ButtonLink variant="quiet" href={PASSKEYS_PATH}>
            Cancel
          </ButtonLink>
        </div>
      </ActionForm>
    </NarrowPage>
  );
});
