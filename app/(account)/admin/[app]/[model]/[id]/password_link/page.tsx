import { passwordLinkAction } from '@/app/(account)/admin/[app]/[model]/[id]/password_link/actions';
import { staffMemberRequired } from '@/app/(account)/guards';
import { requireUserAddress, userToSetPasswordOf } from '@/app/(admin)/admin/auth/user/find-user';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { AdminPage } from '@/components/admin/admin-page';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function PasswordLinkPage({
  request,
  params,
}) {
  requireUserAddress(params);
  const { id, username, email } = await userToSetPasswordOf(request.user, params.id);
  return (
    <AdminPage
      request={request}
      title={`Send ${username} a set-password link`}
      heading={
        <>
          Send <bdi>{username}</bdi> a set-password link
        </>
      }
      lead={
        email === '' ? (
          'The account has no email address, so there is nowhere to send it.'
        ) : (
          <>
            It goes to <bdi className="font-semibold text-ink">{email}</bdi>. A password that only
            its owner has typed is one that nobody else knows; the one they have stays until then.
          </>
        )
      }
      crumbs={[
        ...listCrumbs(userAdmin()),
        { label: username, href: userAdminPath(`${id}/change/`) },
      ]}
    >
      {email !== '' && (
        <ActionForm action={passwordLinkAction} failed="Nothing is sent" isWatched={false}>
          <input type="hidden" name="_id" value={id} />
          <SubmitButton>Send the link</SubmitButton>
        </ActionForm>
      )}
    </AdminPage>
  );
});
