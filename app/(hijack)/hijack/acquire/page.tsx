import { permissionRequired } from '@/app/(hijack)/guards';
import { acquireAction } from '@/app/(hijack)/hijack/actions';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { Page } from '@/components/page';
import { settings } from '@/lib/conf/settings';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { users } from '@/lib/contrib/auth/users/managers';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { whyNotImpersonate } from '@/lib/extras/hijack/may-impersonate';
import { parseId } from '@/lib/forms/fields';

export default permissionRequired('hijack.add_impersonation').page(async function AcquirePage({
  request,
  searchParams,
}) {
  const { user } = request;
  const id = parseId(String(searchParams.user_pk ?? ''));
  const target = id === null ? null : await users.getById(id);
  if (!target) throw new Http404();
  const refusal = await whyNotImpersonate(user, target);
  if (refusal !== null) throw new PermissionDenied(refusal);
  const minutes = Math.round(settings.HIJACK_AGE / 60);
  return (
    <Page
      title={`Act as ${target.getUsername()}`}
      user={user}
      lead={`You see and do what ${target.getUsername()} may see and do, for ${minutes} minutes at most. What you do is logged under your name. How they sign in stays out of reach.`}
    >
      <div className="max-w-xl">
        <ActionForm action={acquireAction} failed="Nothing has begun" isWatched={false}>
          <input type="hidden" name="user_pk" value={target.id} />
          <TextField name="reason" label="Reason" hint="A ticket, or what you want to see." />
          <StepUpIfOld
            fields={await stepUpFields(user)}
            isOld={!isSignInFresh(request)}
            purpose="to act as somebody"
          />
          <div className="flex gap-2">
            <SubmitButton>Act as this person</SubmitButton>
            <ButtonLink variant="quiet" href="/dashboard/">
              Cancel
            </ButtonLink>
          </div>
        </ActionForm>
      </div>
    </Page>
  );
});
