'use client';

import { Button } from '@/components/button';

type Props = { onStay: () => void; onLeave: () => void };

// The browser keeps the focus inside, closes it on Escape and puts the focus back.
function show(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal();
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
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-panel border border-line bg-surface p-6 text-base text-ink shadow-lg backdrop:bg-ink/25"
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
        <Button type="button" variant="primary" onClick={onStay} autoFocus>
          Stay here
        </Button>
      </div>
    </dialog>
  );
}
