'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type * as paletteModule from '@/components/admin/keyboard/palette';
import {
  areShortcutsOn,
  focusSearch,
  isTyping,
  moveRow,
  toggleRow,
} from '@/components/admin/keyboard/shortcuts';
import { whenFree } from '@/components/leaving/unsaved';
import { useHydrated } from '@/components/use-hydrated';

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

/** The keys of the admin and the palette that finds everything; nothing without JavaScript. */
export function Keyboard({ places, hasPalette }: Props) {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const [palette, setPalette] = useState<typeof paletteModule | null>(null);
  const prefixedAt = useRef(0);
  const router = useRouter();
  const isHydrated = useHydrated();

  useEffect(() => {
    const act = (key: string): boolean => {
      const isSecond = Date.now() - prefixedAt.current < SEQUENCE;
      prefixedAt.current = 0;
      const place = places[key];
      if (isSecond && place) {
        whenFree(() => router.push(place.href));
        return true;
      }
      if (key === 'g') {
        prefixedAt.current = Date.now();
        return true;
      }
      if (key === '?') setOpen('help');
      if (key === '/') return focusSearch();
      if (key === 'j' || key === 'k') return moveRow(key === 'j' ? 1 : -1);
      return key === 'x' ? toggleRow() : key === '?';
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const hasModifier = event.ctrlKey || event.metaKey;
      if (palette && hasModifier && event.key.toLowerCase() === 'k' && !event.shiftKey) {
        event.preventDefault();
        setOpen((now) => (now === 'palette' ? null : 'palette'));
        return;
      }
      const isOurs =
        !hasModifier && !isTyping(event.target) && !document.querySelector('[open]:modal');
      if (isOurs && areShortcutsOn() && act(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [places, palette, router]);

  // After the page, and not when it is asked for: what is typed at once must not be lost. So nothing
  // offers it before it is there.
  useEffect(() => {
    if (!hasPalette) return;
    void import('@/components/admin/keyboard/palette').then(setPalette, () => undefined);
  }, [hasPalette]);

  if (!isHydrated) return null;
  return (
    <>
      {palette && (
        <button
          type="button"
          onClick={() => setOpen('palette')}
          aria-haspopup="dialog"
          className="inline-flex min-h-8 shrink-0 items-center gap-2 rounded-field border border-line bg-surface px-2.5 text-muted hover:text-ink"
        >
          Go to
          <kbd className="hidden font-mono text-sm sm:inline">Ctrl K</kbd>
        </button>
      )}
      {palette && open === 'palette' && (
        <palette.Palette onClose={() => setOpen(null)} onHelp={() => setOpen('help')} />
      )}
      <Suspense>
        {open === 'help' && (
          <KeyboardHelp {...{ places, hasPalette }} onClose={() => setOpen(null)} />
        )}
      </Suspense>
    </>
  );
}
