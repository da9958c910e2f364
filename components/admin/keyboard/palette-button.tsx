'use client';

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Modal } from '@/components/admin/keyboard/modal';
import type * as paletteModule from '@/components/admin/keyboard/palette';
import { PALETTE_FIELD, PALETTE_LABEL } from '@/components/admin/keyboard/palette-field';
import { PendingLine } from '@/components/frame/link-pending';
import { useJump } from '@/components/frame/use-jump';

type Props = {
  /** For whom the page is drawn. */
  who: string;
};

/**
 * Opens the palette. The field is here at once, so that nothing is
 * lost that is typed at once; what finds and lists is loaded when it is opened.
 */
export function PaletteButton({ who }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [palette, setPalette] = useState<typeof paletteModule | null>(null);

  useEffect(() => {
    if (!isOpen) return setTyped('');
    void import('@/components/admin/keyboard/palette').then(setPalette, () => undefined);
  }, [isOpen]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      // At once, so that the next key is in the field already.
      flushSync(() => setOpen((now) => !now && !document.querySelector('[open]:modal')));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  const close = () => setOpen(false);
  const { jump, isPending } = useJump();
  return (
    <>
      {isPending && <PendingLine />}
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
            <palette.Palette who={who} typed={typed} onClose={close} jump={jump} />
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
