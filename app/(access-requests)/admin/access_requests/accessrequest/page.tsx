import { staffMemberRequired } from '@/app/(access-requests)/guards';
import { RequestQueue } from '@/components/access-requests/request-queue';
import { AdminPage } from '@/components/admin/admin-page';
import { PageNumber, Pagination } from '@/components/pagination';
import { TextLink } from '@/components/text-link';
import { hasChangePermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { listQueue } from '@/lib/extras/access-requests/queue';
import { queryPage, queryText } from '@/lib/http/search-params';

const QUEUE = '/admin/access_requests/accessrequest/';

export default staffMemberRequired.page(async function AccessRequestQueuePage({
  request,
  searchParams,
}) {
  const { user } = request;
  if (!(await hasChangePermission(user, userAdmin())))
    throw permissionDenied(userAdmin(), 'change');
  const isOpen = queryText(searchParams, 'state') !== 'answered';
  const page = queryPage(searchParams);
  const { requests, hasNext } = await listQueue(user, { isOpen, page });
  return (
    <AdminPage
      request={request}
      title={isOpen ? 'Access requests' : 'Answered access requests'}
      lead="Those that you may answer: of people whom you may change, for what is yours to give."
      actions={
        isOpen ? (
          <TextLink href={`${QUEUE}?state=answered`} prefetch={false}>
            Answered
          </TextLink>
        ) : (
          <TextLink href={QUEUE} prefetch={false}>
            Waiting
          </TextLink>
        )
      }
    >
      {requests.length === 0 ? (
        <p className="text-muted">
          {isOpen ? 'Nobody waits for you.' : 'Nothing was answered yet.'}
        </p>
      ) : (
        <RequestQueue requests={requests} />
      )}
      <Pagination
        page={page}
        hasNext={hasNext}
        prefetch={false}
        hrefOf={(other) => `?state=${isOpen ? 'open' : 'answered'}&p=${other}`}
      >
        <PageNumber page={page} />
      </Pagination>
    </AdminPage>
  );
});
