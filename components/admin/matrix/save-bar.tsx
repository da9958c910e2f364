'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/sending/failure-notice';
import type { Staged } from './staged';

type Props = { staged: Staged; discard: () => void; children: ReactNode };

/** How much is staged, and the way to its review; stays in sight. */
export function SaveBar({ staged, discard, children }: Props) {
  const given = [...staged.values()].filter(Boolean).length;
  const taken = staged.size - given;
  return (
    <div
      data-no-print
      className="sticky bottom-0 z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 bg-paper py-2"
    >
      <FailureNotice />
      {children}
      <p aria-live="polite" className="tabular-nums">
        {staged.size === 0 ? 'Nothing is changed.' : `+${given} −${taken}, unsaved`}
      </p>
      {staged.size > 0 && (
        <>
          <Button variant="primary" name="_review" value="1">
            Review changes
          </Button>
          <Button type="button" variant="quiet" onClick={discard}>
            Discard
          </Button>
        </>
      )}
    </div>
  );
}
