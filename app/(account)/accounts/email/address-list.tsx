import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import type { Address } from '@/lib/extras/account/emails/addresses';

type Props = { addresses: readonly Address[]; action: FormAction };

/** A person's addresses, each with what can be done with it. */
export function AddressList({ addresses, action }: Props) {
  if (addresses.length === 0) return <p className="text-muted">Your account has no address.</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {addresses.map((address) => (
        <li key={address.email} className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
          <div className="min-w-0 grow">
            <p className="break-all font-semibold">
              <bdi>{address.email}</bdi>
            </p>
            <p className="text-sm text-muted">{wordsOf(address)}</p>
          </div>
          <ActionForm action={action} failed="Not done" isWatched={false} className="space-y-2!">
            <input type="hidden" name="email" value={address.email} />
            <div className="flex flex-wrap gap-2">
              <Buttons address={address} />
            </div>
          </ActionForm>
        </li>
      ))}
    </ul>
  );
}

function Buttons({ address: { email, primary, verified } }: { address: Address }) {
  const of = <span className="sr-only">: {email}</span>;
  return (
    <>
      {!verified && (
        <SubmitButton variant="secondary" name="action_send" value="send">
          Mail the link{of}
        </SubmitButton>
      )}
      {!primary && verified && (
        <SubmitButton variant="secondary" name="action_primary" value="primary">
          Make primary{of}
        </SubmitButton>
      )}
      {!primary && (
        <SubmitButton variant="secondary" name="action_remove" value="remove">
          Remove{of}
        </SubmitButton>
      )}
    </>
  );
}

function wordsOf({ primary, verified }: Address): string {
  const proof = verified ? 'Confirmed' : 'Not confirmed';
  return primary ? `Primary · ${proof.toLowerCase()}` : proof;
}
