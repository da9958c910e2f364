import { DateTime } from '@/components/date-time';
import { Fact, Facts } from '@/components/facts';
import { SubmitButton } from '@/components/forms/submit-button';
import { SendingForm } from '@/components/sending/sending-form';

type Props = {
  asked: { by: string; reason: string; created: Date; expires: Date };
  targetId: number;
  isOwn: boolean;
  decline: (form: FormData) => Promise<void>;
};

/** A reset that somebody has asked for and another person has to agree to. */
export function PendingReset({ asked, targetId, isOwn, decline }: Props) {
  return (
    <div className="space-y-4">
      <Facts>
        <Fact name="Asked by">
          <bdi>{asked.by}</bdi>
        </Fact>
        <Fact name="Because">
          <bdi>{asked.reason}</bdi>
        </Fact>
        <Fact name="Asked">
          <DateTime value={asked.created} />
        </Fact>
        <Fact name="Until">
          <DateTime value={asked.expires} />
        </Fact>
      </Facts>
      <p className="text-muted">
        {isOwn ? 'Somebody else has to agree.' : 'Agree by resetting all below, or decline.'}
      </p>
      <SendingForm action={decline} failed="Not declined">
        <input type="hidden" name="_id" value={targetId} />
        <SubmitButton variant="secondary">{isOwn ? 'Take it back' : 'Decline'}</SubmitButton>
      </SendingForm>
    </div>
  );
}
