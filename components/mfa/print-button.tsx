'use client';

import { Button } from '@/components/button';
import { useHydrated } from '@/components/use-hydrated';

/** Prints the page. Without JavaScript the browser's own menu does. */
export function PrintButton() {
  if (!useHydrated()) return null;
  return (
    <Button type="button" onClick={() => window.print()}>
      Print
    </Button>
  );
}
