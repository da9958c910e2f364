'use client';

import type { ReactNode } from 'react';

type Props = { label: string; onClose: () => void; children: ReactNode };

const look =
  'm-auto mt-[12dvh] w-full max-w-xl rounded-panel border border-line bg-surface p-0 text-sm text-ink shadow-lg backdrop:bg-[rgb(0_0_0/0.45)] max-sm:mt-2';

// The browser keeps the focus inside, closes it on Escape and puts the focus back.
function show(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal();
}

/** A dialog above everything, open for as long as it is drawn. */
export function Modal({ label, onClose, children }: Props) {
  return (
    <dialog
      ref={show}
      aria-label={label}
      onClose={onClose}
      onMouseDown={({ target, currentTarget }) => target === currentTarget && onClose()}
      className={look}
    >
      {children}
    </dialog>
  );
}
