import { endGrantAction } from '@/app/(access-requests)/admin/access_requests/timedgrant/[id]/end/actions';
import { staffMemberRequired } from '@/app/(access-requests)/guards';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { GrantList } from '@/components/access-requests/grant-list';
import { AdminPage } from '@/components/admin/admin-page';
import { ButtonLink } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { Http404 } from '@/lib/core/exceptions';
import { mayChange } from '@/lib/extras/access-requests/may-decide';
import { findGrant } from '@/lib/extras/access-requests/timed-grants';
import { parseId } from '@/lib/forms/fields';

export default staffMemberRequired.page<{ id: string }>(async function EndGrantPage({
  request,
  params,
}) {
  const id = parseId(params.id);
  const grant = id === null ? null : await findGrant(id);
  if (!grant || !(await mayChange(request.user, grant.userId))) throw new Http404();
  const username = (await userNames([grant.userId])).get(grant.userId)?.username ?? '';
  const person = userAdminPath(`${grant.userId}/change/`);
  return (
    <AdminPage
      request={request}
      title={`End what ${username} has for a time`}
      lead="It counts no more from the next click on. It can be asked for again."
      crumbs={[...listCrumbs(userAdmin()), { label: username, href: person }]}
    >
      <div className="max-w-2xl space-y-6">
        <GrantList grants={[grant]} />
        <ActionForm action={endGrantAction} failed="Nothing is ended" isWatched={false}>
          <input type="hidden" name="_id" value={grant.id} />
          <div className="flex gap-2">
            <SubmitButton variant="danger">End now</SubmitButton>
            <ButtonLink variant="quiet" href={person}>
              Cancel
            </ButtonLink>
          </div>
        </ActionForm>
      </div>
    </AdminPage>
  );
});
