'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { useHydrated } from '@/components/use-hydrated';

/** Copies what stands in the element of this id; without scripts it is not there. */
export function CopyToken({ from }: { from: string }) {
  const [said, setSaid] = useState('Copy');
  const isHydrated = useHydrated();
  if (!isHydrated) return null;
  async function copy() {
    const text = document.getElementById(from)?.textContent ?? '';
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(done ? 'Copied' : 'Select it and copy');
  }
  return (
    <Button type="button" variant="secondary" onClick={copy}>
      <span aria-live="polite">{said}</span>
    </Button>
  );
}
