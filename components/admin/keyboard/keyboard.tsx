'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { setHelp } from '@/components/admin/keyboard/help';
import {
  areShortcutsOn,
  focusSearch,
  isTyping,
  moveRow,
  toggleRow,
} from '@/components/admin/keyboard/shortcuts';
import { PendingLine } from '@/components/frame/link-pending';
import { useJump } from '@/components/frame/use-jump';

// Milliseconds in which the second key of two has to follow.
const SEQUENCE = 1500;

const KeyboardHelp = lazy(async () => {
  const { KeyboardHelp: loaded } = await import('@/components/admin/keyboard/keyboard-help');
  return { default: loaded };
});

type Props = {
  /** Where `g` and a letter lead, of what this person may see. */
  places: Readonly<Record<string, { label: string; href: string }>>;
  hasPalette: boolean;
};

/** The keys of the admin and their help; nothing without JavaScript. */
export function Keyboard({ places, hasPalette }: Props) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const prefixedAt = useRef(0);
  const { jump, isPending } = useJump();
  const jumping = useRef(jump);
  useEffect(() => {
    jumping.current = jump;
  });

  useEffect(() => {
    const act = (key: string): boolean => {
      const isSecond = Date.now() - prefixedAt.current < SEQUENCE;
      prefixedAt.current = 0;
      const place = places[key];
      if (isSecond && place) {
        jumping.current(place.href);
        return true;
      }
      if (key === 'g') {
        prefixedAt.current = Date.now();
        return true;
      }
      if (key === '?') setHelpOpen(true);
      if (key === '/') return focusSearch();
      if (key === 'j' || key === 'k') return moveRow(key === 'j' ? 1 : -1);
      return key === 'x' ? toggleRow() : key === '?';
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const hasModifier = event.ctrlKey || event.metaKey;
      const isOurs =
        !hasModifier && !isTyping(event.target) && !document.querySelector('[open]:modal');
      if (isOurs && areShortcutsOn() && act(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [places]);

  useEffect(() => {
    setHelp(() => setHelpOpen(true));
    return () => setHelp(null);
  }, []);

  return (
    <Suspense>
      {isPending && <PendingLine />}
      {isHelpOpen && (
        <KeyboardHelp {...{ places, hasPalette }} onClose={() => setHelpOpen(false)} />
      )}
    </Suspense>
  );
}
