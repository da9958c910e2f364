import { addUserAction } from '@/app/(admin)/admin/auth/user/actions';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { AdminPage } from '@/components/admin/admin-page';
import { SaveBar } from '@/components/admin/form/save-bar';
import { UsablePassword } from '@/components/admin/form/usable-password';
import { ActionForm } from '@/components/forms/action-form';
import { NewPasswordField } from '@/components/forms/new-password-field';
import { PasswordField } from '@/components/forms/password-field';
import { TextField } from '@/components/forms/text-field';
import { newUserFields } from '@/lib/contrib/auth/admin/new-user-form';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { passwordHelp } from '@/lib/contrib/auth/password-validation';
import { capfirst } from '@/lib/core/text';
import type { HttpRequest } from '@/lib/http/request';

/** The page on which a user of the model in use is added. */
export function AddUser({ request }: { request: HttpRequest<User> }) {
  return (
    <AdminPage
      request={request}
      title="Add user"
      lead="First a name and a password. Then you may say more, and what the person may do."
      crumbs={listCrumbs(userAdmin())}
    >
      <ActionForm action={addUserAction} notice="inside" className="group">
        <div className="max-w-96 space-y-5">
          {newUserFields().map(({ name, formName, verboseName, helpText }, i) => (
            <TextField
              key={name}
              name={formName}
              label={capfirst(verboseName)}
              hint={helpText}
              type={name === 'email' ? 'email' : 'text'}
              dir={name === 'email' ? undefined : 'auto'}
              autoComplete="off"
              isFirst={i === 0}
            />
          ))}
          <UsablePassword />
          <div className="space-y-5 group-has-[[value=false]:checked]:hidden">
            <NewPasswordField name="password1" label="Password" helpTexts={passwordHelp('other')} />
            <PasswordField name="password2" label="Password again" autoComplete="new-password" />
          </div>
        </div>
        <SaveBar canAdd canContinue deleteHref={null} />
      </ActionForm>
    </AdminPage>
  );
}
