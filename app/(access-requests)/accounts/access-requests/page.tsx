import { withdrawAction } from '@/app/(access-requests)/accounts/access-requests/actions';
import { loginRequired } from '@/app/(access-requests)/guards';
import { GrantList } from '@/components/access-requests/grant-list';
import { RequestList } from '@/components/access-requests/request-list';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { ownRequests } from '@/lib/extras/access-requests/own-requests';
import { grantsOf } from '@/lib/extras/access-requests/timed-grants';

export default loginRequired.page(async function AccessRequestsPage({ request }) {
  const { user } = request;
  const requests = await ownRequests(user.id);
  const grants = await grantsOf(user.id);
  return (
    <Page
      title="Access that you asked for"
      user={user}
      lead="A page that you may not open offers to ask for what it needs. What became of it stands here."
    >
      <div className="space-y-10">
        {grants.length > 0 && (
          <Section title="Yours for a time" lead="It ends by itself.">
            <GrantList grants={grants} />
          </Section>
        )}
        <Section title="Requests">
          {requests.length === 0 ? (
            <p className="text-muted">You have asked for nothing.</p>
          ) : (
            <RequestList requests={requests} withdraw={withdrawAction} />
          )}
        </Section>
      </div>
    </Page>
  );
});
