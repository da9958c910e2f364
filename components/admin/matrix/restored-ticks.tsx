'use client';

import { useEffect, useRef } from 'react';
import type { DraftValues } from '@/components/drafts/drafts';
import { RestoredNotice, useRestored } from '@/components/drafts/restored';

/** Ticks the boxes around it as they were when the session ended, if that was kept, and says so. */
export function RestoredTicks() {
  const place = useRef<HTMLDivElement>(null);
  const restored = useRestored(true);
  useEffect(() => {
    const form = place.current?.closest('form');
    if (form && restored) tickAgain(form, restored);
  }, [restored]);
  return (
    <div ref={place} hidden={restored === null}>
      {restored && <RestoredNotice isText={false} />}
    </div>
  );
}

// What was changed is changed again, and no more: somebody else may have given or taken meanwhile.
function tickAgain(form: HTMLFormElement, { before = '', permissions = '' }: DraftValues): void {
  const [drawn, left] = [new Set(before.split(' ')), new Set(permissions.split(','))];
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name=permissions]')) {
    const isChanged = drawn.has(box.value) !== left.has(box.value);
    if (isChanged && !box.disabled) box.checked = left.has(box.value);
  }
}
