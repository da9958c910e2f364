'use client';

import { createContext, useContext, useEffect, useRef } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from '@/components/button';
import type { Failure } from '@/components/sending/answers';
import type { Sending } from '@/components/sending/use-sending';

type Sent = Pick<Sending, 'failure' | 'retry' | 'renew' | 'isWatched'> & { failed: string };

export const FailureContext = createContext<Sent | null>(null);

const words: Record<Failure['kind'], [cause: string, more: string]> = {
  offline: ['you have no connection', 'What is here stays until you are online again.'],
  unreachable: [
    'the server cannot be reached',
    'It may be restarting, or the connection is gone. What is here stays.',
  ],
  late: [
    'no answer came within a minute',
    'It may have arrived all the same: look in another tab before you send it again.',
  ],
  busy: ['the server is busy or restarting', 'Try again in a moment. What is here stays.'],
  failed: ['something failed on the server', 'It is not your doing. What is here stays.'],
  'too large': [
    'this is too large for the server',
    'Make it shorter, or save it in parts. What is here stays.',
  ],
  renewed: ['the site was renewed', 'This page is of the site before. Load it again to go on.'],
  strange: [
    'something else answered in place of the site',
    'It may be the sign-in page of a network, or a proxy. What is here stays.',
  ],
};

/** Says that the form around it was not saved, why, and offers to try again. */
export function FailureNotice({ isFloating = false }: { isFloating?: boolean }) {
  const sent = useContext(FailureContext);
  const { pending } = useFormStatus();
  const box = useRef<HTMLDivElement>(null);
  const failure = sent?.failure;

  // Each failure is an object of its own, so a second one is announced again.
  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);

  if (!sent || !failure) return null;
  const [cause, more] = words[failure.kind];
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      data-not-saved={failure.kind}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-field border border-danger/50 bg-danger-soft px-4 py-3 text-base text-ink ${
        isFloating ? 'fixed inset-x-4 bottom-4 z-40 mx-auto max-w-xl shadow-lg' : 'w-full'
      }`}
    >
      <p className="min-w-56 flex-1">
        <strong className="font-semibold">{`${sent.failed}: ${cause}.`}</strong> {more}
        {failure.reference && (
          <>
            {' '}
            In the server's log it is <code className="select-all">{failure.reference}</code>.
          </>
        )}
      </p>
      {failure.kind === 'renewed' ? (
        <Button type="button" onClick={() => void sent.renew()}>
          {sent.isWatched ? 'Reload and keep the text' : 'Reload'}
        </Button>
      ) : (
        <Button
          type="button"
          aria-disabled={pending || undefined}
          aria-busy={pending || undefined}
          onClick={() => pending || sent.retry()}
          className="aria-busy:cursor-progress aria-busy:opacity-70"
        >
          Try again
        </Button>
      )}
    </div>
  );
}
