'use client';

import { useEffect, useState } from 'react';
import { Modal } from '@/components/admin/keyboard/modal';
import type * as paletteModule from '@/components/admin/keyboard/palette';
import { PALETTE_FIELD, PALETTE_LABEL } from '@/components/admin/keyboard/palette-field';
import { forgetRecents } from '@/components/admin/keyboard/recents-owner';
import { useHydrated } from '@/components/use-hydrated';

type Props = {
  /** For whom the page is drawn. */
  who: string;
  /** Whether this person has a palette. */
  isOn: boolean;
};

/**
 * Opens the palette, on every page, for who has one. The field is here at once, so that nothing is
 * lost that is typed at once; what finds and lists is loaded when it is opened.
 */
export function PaletteButton({ who, isOn }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [palette, setPalette] = useState<typeof paletteModule | null>(null);
  const isHydrated = useHydrated();

  useEffect(() => {
    forgetRecents(isOn ? who : '');
  }, [who, isOn]);

  useEffect(() => {
    if (!isOpen) return setTyped('');
    void import('@/components/admin/keyboard/palette').then(setPalette, () => undefined);
  }, [isOpen]);

  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen((now) => !now && !document.querySelector('[open]:modal'));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isOn]);

  if (!isOn || !isHydrated) return null;
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        className="inline-flex min-h-8 shrink-0 items-center justify-between gap-2 rounded-field border border-edge px-2.5 text-sm text-muted hover:text-ink md:min-w-48"
      >
        Go to
        <kbd className="hidden font-mono text-sm md:inline">Ctrl K</kbd>
      </button>
      {isOpen && (
        <Modal label="Go to" onClose={close}>
          {palette ? (
            <palette.Palette who={who} typed={typed} onClose={close} />
          ) : (
            <input
              role="combobox"
              aria-expanded={false}
              aria-controls="palette-items"
              aria-label={PALETTE_LABEL}
              spellCheck={false}
              autoComplete="off"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              className={PALETTE_FIELD}
            />
          )}
        </Modal>
      )}
    </>
  );
}
