'use client';

import { useEffect, useRef, useState } from 'react';
import type { DraftValues } from '@/components/drafts/drafts';
import { drafts } from '@/components/drafts/lazy';
import { hasDraft } from '@/components/drafts/slot';

/** What was kept of the form at this address when the session ended, once it is known; else null. */
export function useRestored(isWatched: boolean): DraftValues | null {
  const [restored, setRestored] = useState<DraftValues | null>(null);
  useEffect(() => {
    if (!isWatched || !hasDraft()) return;
    const take = async () => (await drafts())?.takeDraft() ?? null;
    void take().then((values) => values && setRestored(values));
  }, [isWatched]);
  return restored;
}

/** Says that a form holds what was typed, or ticked, before, and that nothing of it is saved. */
export function RestoredNotice({ isText = true }: { isText?: boolean }) {
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <p
      ref={box}
      role="status"
      tabIndex={-1}
      className="rounded-field border border-accent/50 bg-accent-soft px-4 py-3"
    >
      {isText
        ? 'Your text was kept. Nothing of it is saved yet; passwords have to be typed again.'
        : 'Your changes were kept. Nothing of them is saved yet.'}
    </p>
  );
}
