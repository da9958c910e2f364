import {
  approveAction,
  refuseAction,
} from '@/app/(access-requests)/admin/access_requests/accessrequest/actions';
import { staffMemberRequired } from '@/app/(access-requests)/guards';
import { ApproveForm } from '@/components/access-requests/approve-form';
import { RefuseForm } from '@/components/access-requests/refuse-form';
import { RequestFacts } from '@/components/access-requests/request-facts';
import { AdminPage } from '@/components/admin/admin-page';
import { WhyLink } from '@/components/permissions/links';
import { Section } from '@/components/section';
import { isInstalled } from '@/lib/apps/installed';
import { isSignInFresh, stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { users } from '@/lib/contrib/auth/users/managers';
import { Http404 } from '@/lib/core/exceptions';
import { durations } from '@/lib/extras/access-requests/durations';
import { findQueued } from '@/lib/extras/access-requests/queue';
import { waysToGive } from '@/lib/extras/access-requests/ways';
import { parseId } from '@/lib/forms/fields';

export default staffMemberRequired.page<{ id: string }>(async function AnswerAccessRequestPage({
  request,
  params,
}) {
  const { user } = request;
  const id = parseId(params.id);
  const asked = id === null ? null : await findQueued(user, id);
  const target = asked && (await users.getById(asked.userId));
  if (!asked || !target) throw new Http404();
  const { perm, name, permissionId, username, seconds } = asked;
  const isOpen = asked.state === 'open';
  const ways = isOpen ? await waysToGive(user, target, { id: permissionId, perm, name }) : [];
  return (
    <AdminPage
      request={request}
      title={`${username} asks for ${perm}`}
      lead={name}
      crumbs={[{ label: 'Access requests', href: '/admin/access_requests/accessrequest/' }]}
    >
      <div className="space-y-8">
        <Section title="What is asked for">
          <RequestFacts request={asked} />
          {isInstalled('why') && (
            <p className="mt-3">
              <WhyLink userId={asked.userId} perm={perm} />
            </p>
          )}
        </Section>
        {isOpen && (
          <Section title="Grant it">
            {target.isActive ? (
              <ApproveForm
                action={approveAction}
                id={asked.id}
                ways={ways}
                durations={durations(seconds).map(({ value, label }) => [value, label] as const)}
                stepUp={{ fields: await stepUpFields(user), isOld: !isSignInFresh(request) }}
              />
            ) : (
              <p>The account is inactive: nothing can be granted to it.</p>
            )}
          </Section>
        )}
        {isOpen && (
          <Section title="Refuse it">
            <RefuseForm action={refuseAction} id={asked.id} />
          </Section>
        )}
      </div>
    </AdminPage>
  );
});
