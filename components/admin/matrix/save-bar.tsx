'use client';

import { Button } from '@/components/button';
import { FailureNotice } from '@/components/sending/failure-notice';
import type { Staged } from './staged';

type Props = {
  staged: Staged;
  /** What is staged in other parts of the matrix, as changes name it. */
  elsewhere: readonly string[];
  discard: () => void;
};

/** How much is staged, and the way to its review; stays in sight, always as high. */
export function SaveBar({ staged, elsewhere, discard }: Props) {
  const size = staged.size + elsewhere.length;
  const given =
    [...staged.values()].filter(Boolean).length +
    elsewhere.filter((word) => word.includes('+')).length;
  return (
    <div data-no-print data-save-bar className="matrix-bar">
      <FailureNotice />
      <div className="flex h-14 items-center gap-x-4">
        <p aria-live="polite" className="min-w-0 truncate tabular-nums">
          {size === 0 ? 'Nothing is changed.' : `+${given} −${size - given}, unsaved`}
          {elsewhere.length > 0 && `, ${elsewhere.length} not shown here`}
        </p>
        {size > 0 && (
          <>
            <Button variant="primary" name="_review" value="1" className="shrink-0">
              Review changes
            </Button>
            <Button type="button" variant="quiet" onClick={discard}>
              Discard
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
