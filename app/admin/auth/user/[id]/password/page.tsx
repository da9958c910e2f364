import { redirect } from 'next/navigation';
import { setPasswordAction } from '@/app/admin/auth/user/actions';
import { isOwnId, userToSetPasswordOf } from '@/app/admin/auth/user/find-user';
import { adminOr404 } from '@/app/admin/find-admin';
import { listCrumbs } from '@/app/admin/object-crumbs';
import { AdminPage } from '@/components/admin/admin-page';
import { StepUpField } from '@/components/admin/form/step-up-field';
import { UsablePassword } from '@/components/admin/form/usable-password';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordField } from '@/components/forms/new-password-field';
import { PasswordField } from '@/components/forms/password-field';
import { SubmitButton } from '@/components/forms/submit-button';
import { staffMemberRequired } from '@/lib/contrib/admin/decorators';
import { CONFIRM_FIELD, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { passwordHelp } from '@/lib/contrib/auth/password-validation';

export default staffMemberRequired.page<{ id: string }>(async function PasswordPage({
  request,
  params,
}) {
  if (isOwnId(request.user, params.id)) redirect('/accounts/password_change/');
  const target = await userToSetPasswordOf(request.user, params.id);
  const isUsable = target.hasUsablePassword();
  const { id, username, firstName, lastName, email } = target;
  const crumbs = listCrumbs(adminOr404({ app: 'auth', model: 'user' }));
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
      crumbs={[...crumbs, { label: username, href: `/admin/auth/user/${id}/change/` }]}
    >
      <ActionForm action={setPasswordAction} className="group">
        <input type="hidden" name="_id" value={id} />
        {isUsable && <UsablePassword />}
        <div className="max-w-96 space-y-5 group-has-[[value=false]:checked]:hidden">
          <NewPasswordField
            name="password1"
            label="Password"
            helpTexts={passwordHelp()}
            user={{ username, firstName, lastName, email }}
          />
          <PasswordField name="password2" label="Password again" autoComplete="new-password" />
        </div>
        <StepUpField name={CONFIRM_FIELD} isOld={!isSignInFresh(request)} />
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
