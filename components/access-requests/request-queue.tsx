import { RequestFacts } from '@/components/access-requests/request-facts';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import type { QueuedRequest } from '@/lib/extras/access-requests/queue';

/** Requests that somebody may answer, each with who asks, for what and why. */
export function RequestQueue({ requests }: { requests: readonly QueuedRequest[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {requests.map((request) => (
        <li key={request.id} className="py-4">
          <p className="wrap-anywhere">
            <TextLink
              href={`/admin/access_requests/accessrequest/${request.id}/change/`}
              prefetch={false}
            >
              <Name text={request.username} /> asks for {request.perm}
            </TextLink>
          </p>
          <RequestFacts request={request} />
        </li>
      ))}
    </ul>
  );
}
