import { addUserAction } from '@/app/admin/auth/user/actions';
import { requireAddUser } from '@/app/admin/auth/user/find-user';
import { adminOr404 } from '@/app/admin/find-admin';
import { listCrumbs } from '@/app/admin/object-crumbs';
import { AdminPage } from '@/components/admin/admin-page';
import { TextControl } from '@/components/admin/form/controls';
import { SaveBar } from '@/components/admin/form/save-bar';
import { UsablePassword } from '@/components/admin/form/usable-password';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordField } from '@/components/forms/new-password-field';
import { PasswordField } from '@/components/forms/password-field';
import { staffMemberRequired } from '@/lib/contrib/admin/decorators';
import { passwordHelp } from '@/lib/contrib/auth/password-validation';

export default staffMemberRequired.page(async function AddUserPage({ request }) {
  await requireAddUser(request.user);
  return (
    <AdminPage
      request={request}
      title="Add user"
      lead="First a name and a password. Then you may say more, and what the person may do."
      crumbs={listCrumbs(adminOr404({ app: 'auth', model: 'user' }))}
    >
      <ActionForm action={addUserAction} notice="inside" className="group">
        <div className="max-w-96 space-y-5">
          <TextControl
            name="username"
            label="Username"
            hint="150 characters or fewer. Letters, digits and @/./+/-/_ only."
            isRequired
            type="text"
          />
          <UsablePassword />
          <div className="space-y-5 group-has-[[value=false]:checked]:hidden">
            <NewPasswordField name="password1" label="Password" helpTexts={passwordHelp()} />
            <PasswordField name="password2" label="Password again" autoComplete="new-password" />
          </div>
        </div>
        <SaveBar canAdd canContinue deleteHref={null} />
      </ActionForm>
    </AdminPage>
  );
});
