import type { ReactNode } from 'react';
import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { durationWords } from '@/lib/extras/access-requests/durations';
import { stateWords } from '@/lib/extras/access-requests/states';

type Shown = {
  reason: string;
  seconds: number | null;
  state: string;
  created: Date;
  decided: Date | null;
  decider: string;
  answer: string;
};

/** What was asked, why and for how long, and the answer. */
export function RequestFacts({ request }: { request: Shown }) {
  const { reason, seconds, state, created, decided, decider, answer } = request;
  return (
    <>
      <p className="mt-1 wrap-anywhere">
        <bdi>{reason}</bdi>
      </p>
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-sm text-muted">
        <Fact name="State">{stateWords(state)}</Fact>
        <Fact name="Asked">
          <DateTime value={created} />
        </Fact>
        <Fact name="For">{durationWords(seconds).toLowerCase()}</Fact>
        {decided && (
          <Fact name={decider === '' ? 'Withdrawn' : 'Answered'}>
            <DateTime value={decided} />
            {decider !== '' && (
              <>
                {' by '}
                <Name text={decider} />
              </>
            )}
          </Fact>
        )}
      </dl>
      {answer !== '' && (
        <p className="mt-1 border-l-2 border-line pl-3 wrap-anywhere">
          <bdi>{answer}</bdi>
        </p>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-x-1.5">
      <dt>{name}</dt>
      <dd className="min-w-0 text-ink wrap-anywhere">{children}</dd>
    </div>
  );
}
