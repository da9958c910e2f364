'use client';

import { Button } from '@/components/button';

type Props = { onStay: () => void; onLeave: () => void };

// The browser keeps the focus inside, closes it on Escape and puts the focus back. It would begin at
// the first button, which is the one to be pressed on purpose only.
function show(dialog: HTMLDialogElement | null): void {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector<HTMLElement>('[data-stay]')?.focus();
}

/** Asks whether what is unsaved may be lost. Whoever does nothing stays. */
export function LeaveDialog({ onStay, onLeave }: Props) {
  return (
    <dialog
      ref={show}
      role="alertdialog"
      aria-labelledby="leave-title"
      aria-describedby="leave-text"
      onClose={onStay}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-panel border border-line bg-surface p-6 text-base text-ink shadow-lg backdrop:bg-[rgb(0_0_0/0.45)]"
    >
      <h2 id="leave-title" className="font-semibold">
        Leave without saving?
      </h2>
      <p id="leave-text" className="mt-2 text-muted">
        What you changed on this page is not saved. If you leave, it is lost.
      </p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button type="button" variant="quiet" className="px-4! text-danger!" onClick={onLeave}>
          Leave and lose it
        </Button>
        <Button type="button" variant="primary" onClick={onStay} data-stay>
          Stay here
        </Button>
      </div>
    </dialog>
  );
}
