import { RequestFacts } from '@/components/access-requests/request-facts';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { OwnRequest } from '@/lib/extras/access-requests/own-requests';

type Withdraw = (form: FormData) => Promise<void>;

/** A person's own requests; those that wait can be taken back. */
export function RequestList({
  requests,
  withdraw,
}: {
  requests: readonly OwnRequest[];
  withdraw: Withdraw;
}) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {requests.map((request) => (
        <li
          key={request.id}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4 sm:flex-nowrap"
        >
          <div className="min-w-0">
            <p>{request.name}</p>
            <code className="text-sm text-muted wrap-anywhere">{request.perm}</code>
            <RequestFacts request={request} />
          </div>
          {request.state === 'open' && (
            <SendingForm
              action={withdraw}
              failed="Nothing is withdrawn"
              notice="floating"
              className="shrink-0"
            >
              <input type="hidden" name="id" value={request.id} />
              <SubmitButton variant="secondary">
                Withdraw
                <span className="sr-only">: {request.perm}</span>
              </SubmitButton>
            </SendingForm>
          )}
        </li>
      ))}
    </ul>
  );
}
