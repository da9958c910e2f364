import {
  offboardAction,
  reactivateAction,
} from '@/app/(admin)/admin/[app]/[model]/[id]/offboard/actions';
import { requireUserAddress, userToOffboard } from '@/app/(admin)/admin/auth/user/find-user';
import { PersonTabs } from '@/app/(admin)/admin/auth/user/person-tabs';
import { listCrumbs } from '@/app/(admin)/admin/object-crumbs';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { WhatGoes } from '@/components/admin/object/what-goes';
import { StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { offboardReview } from '@/lib/contrib/auth/admin/people/offboard-review';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

type Params = { app: string; model: string; id: string };

export default staffMemberRequired.page<Params>(async function OffboardPage({ request, params }) {
  requireUserAddress(params);
  const user = await userToOffboard(request.user, params.id);
  const { id, username, isActive } = user;
  const review = await offboardReview(request.user, user);
  return (
    <AdminPage
      request={request}
      title={isActive ? `Offboard ${username}` : `Reactivate ${username}`}
      heading={
        <>
          {isActive ? 'Offboard' : 'Reactivate'} <bdi>{username}</bdi>
        </>
      }
      lead={
        isActive
          ? 'Read what goes and what stays. Reactivating the account undoes it, but for what ends.'
          : 'The account is inactive. Reactivated, it holds again what it held; sessions do not come back.'
      }
      crumbs={[
        ...listCrumbs(userAdmin()),
        { label: username, href: userAdminPath(`${id}/change/`) },
      ]}
    >
      <PersonTabs viewer={request.user} id={id} tab="Offboard" />
      <div className="max-w-3xl space-y-6">
        <WhatGoes username={username} isActive={isActive} review={review} />
        {isActive ? (
          <ActionForm action={offboardAction} failed="Nothing is changed" isWatched={false}>
            <input type="hidden" name="_id" value={id} />
            <div className="max-w-96 space-y-5">
              {review.isNameAsked && (
                <TextField
                  name="username"
                  label="Username"
                  hint={`Type ${username} to say that you mean them.`}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                />
              )}
              <TextField
                name="reason"
                label="Reason"
                hint="Kept in the security log."
                required={false}
              />
            </div>
            <SubmitButton variant="danger">Offboard {username}</SubmitButton>
          </ActionForm>
        ) : (
          <ActionForm action={reactivateAction} failed="Nothing is changed" isWatched={false}>
            <input type="hidden" name="_id" value={id} />
            <StepUpIfOld
              fields={await stepUpFields(request.user)}
              isOld={!isSignInFresh(request)}
            />
            <SubmitButton>Reactivate {username}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </AdminPage>
  );
});
