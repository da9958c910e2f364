import { undoAction } from '@/app/(admin)/admin/undo/actions';
import { StepUpPlain } from '@/components/admin/step-up-plain';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';
import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';
import { type UndoOffer, undoOffered } from '@/lib/contrib/auth/rights/undo-offer';

/** Offers to undo the change of rights that was just made, on every page of the admin for a while. */
export async function UndoBar({ request }: { request: Parameters<typeof undoOffered>[0] }) {
  const offer = await undoOffered(request);
  if (!offer) return null;
  return (
    <SendingForm
      action={undoAction}
      failed="Nothing is undone"
      aria-label="Undo"
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-field border border-line bg-sunken px-4 py-2"
    >
      <input type="hidden" name="_undo" value={offer.id} />
      <p className="min-w-0 grow">
        <bdi>{offer.what}</bdi>
      </p>
      <SubmitButton variant="secondary" className="min-h-8!">
        Undo
      </SubmitButton>
    </SendingForm>
  );
}

type Props = {
  offer: UndoOffer;
  stepUp: { fields: readonly ConfirmationField[]; error: string | undefined } | null;
};

/** The same as a page of its own, which can ask who one is. */
export function UndoForm({ offer, stepUp }: Props) {
  return (
    <SendingForm action={undoAction} failed="Nothing is undone" className="space-y-6">
      <input type="hidden" name="_undo" value={offer.id} />
      <p>
        <bdi>{offer.what}</bdi>
      </p>
      {stepUp && (
        <StepUpPlain {...stepUp} hint="You signed in a while ago, and to undo this gives rights." />
      )}
      <div className="flex flex-wrap gap-2">
        <SubmitButton>Undo this</SubmitButton>
        <ButtonLink href={offer.href} prefetch={false}>
          Leave it as it is
        </ButtonLink>
      </div>
    </SendingForm>
  );
}
