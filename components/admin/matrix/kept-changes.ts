'use client';

import { useEffect, useRef } from 'react';

/**
 * Keep what is staged for the next part of the matrix that this tab loads, as long as the page is not
 * left for another one of the site. `restage` gets what was kept before.
 */
export function useKeptChanges(key: string, text: string, restage: (text: string) => void): void {
  const last = useRef(text);
  const latest = useRef(restage);
  latest.current = restage;
  useEffect(() => {
    const read = () => {
      const kept = storage((store) => store.getItem(key));
      if (kept) latest.current(kept);
    };
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && read();
    read();
    window.addEventListener('pageshow', onShow);
    return () => {
      window.removeEventListener('pageshow', onShow);
      storage((store) => store.removeItem(key));
    };
  }, [key]);
  useEffect(() => {
    if (text !== '') storage((store) => store.setItem(key, text));
    else if (last.current !== '') storage((store) => store.removeItem(key));
    last.current = text;
  }, [key, text]);
}

// Where the browser forbids or fills the store, one part of the matrix is changed at a time.
function storage<T>(use: (store: Storage) => T): T | null {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
}
