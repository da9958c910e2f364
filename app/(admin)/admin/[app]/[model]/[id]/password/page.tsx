import { redirect } from 'next/navigation';
import { setPasswordAction } from '@/app/(admin)/admin/auth/user/actions';
import {
  isOwnId,
  requireUserAddress,
  userToSetPasswordOf,
} from '@/app/(admin)/admin/auth/user/find-user';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { UsablePassword } from '@/components/admin/form/usable-password';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordField } from '@/components/forms/new-password-field';
import { PasswordField } from '@/components/forms/password-field';
import { SubmitButton } from '@/components/forms/submit-button';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { passwordHelp } from '@/lib/contrib/auth/password-validation';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function PasswordPage({ request, params }) {
  requireUserAddress(params);
  if (isOwnId(request.user, params.id)) redirect('/accounts/password_change/');
  const target = await userToSetPasswordOf(request.user, params.id);
  const isUsable = target.hasUsablePassword();
  const { id, username, firstName, lastName, email } = target;
  const crumbs = listCrumbs(userAdmin());
  return (
    <AdminPage
      request={request}
      title={`${isUsable ? 'Change' : 'Set'} password: ${username}`}
      heading={isUsable ? 'Change password' : 'Set password'}
      lead={
        <>
          Of <bdi>{username}</bdi>, whose sessions end.
        </>
      }
      crumbs={[...crumbs, { label: username, href: userAdminPath(`${id}/change/`) }]}
    >
      <ActionForm action={setPasswordAction} className="group">
        <input type="hidden" name="_id" value={id} />
        {isUsable && <UsablePassword />}
        <div className="max-w-96 space-y-5 group-has-[[value=false]:checked]:hidden">
          <NewPasswordField
            name="password1"
            label="Password"
            helpTexts={passwordHelp('other')}
            user={{ username, firstName, lastName, email }}
          />
          <PasswordField name="password2" label="Password again" autoComplete="new-password" />
        </div>
        <StepUpIfOld fields={await stepUpFields(request.user)} isOld={!isSignInFresh(request)} />
        <div className="group-has-[[value=false]:checked]:hidden">
          <SubmitButton name="set-password" value="set">
            {isUsable ? 'Change password' : 'Set password'}
          </SubmitButton>
        </div>
        {isUsable && (
          <div className="hidden group-has-[[value=false]:checked]:block">
            <SubmitButton variant="danger" name="unset-password" value="unset">
              Disable password-based authentication
            </SubmitButton>
          </div>
        )}
      </ActionForm>
    </AdminPage>
  );
});
