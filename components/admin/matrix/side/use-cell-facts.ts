'use client';

import { useEffect, useRef, useState } from 'react';
import { fetchJson } from '@/components/admin/fetch-json';
import type { CellFacts } from '@/lib/extras/matrix/cell-facts';

type Known = { change: string; facts: CellFacts | null };

/**
 * What the server knows of one cell, `g12-45`; null for none, and until it has answered. One question
 * is under way at a time: who walks over ten cells asks about the first and the last.
 */
export function useCellFacts(change: string | null): CellFacts | null {
  const [known, setKnown] = useState<Known | null>(null);
  const wanted = useRef<string | null>(null);
  const isAsking = useRef(false);
  useEffect(() => {
    wanted.current = change;
    if (change === null || isAsking.current) return;
    void (async () => {
      isAsking.current = true;
      let asked: string | null = null;
      while (wanted.current !== null && wanted.current !== asked) {
        asked = wanted.current;
        const query = new URLSearchParams({ change: asked });
        const got = await fetchJson<CellFacts>(`/admin/auth/matrix/cell/?${query}`);
        setKnown({ change: asked, facts: got.kind === 'fetched' ? got.value : null });
      }
      isAsking.current = false;
    })();
    return () => {
      wanted.current = null;
    };
  }, [change]);
  return known?.change === change ? known.facts : null;
}
