'use client';

import { createRoot } from 'react-dom/client';
import { Button } from '@/components/button';

let place: HTMLElement | null = null;

/** Say that what is on the page has just become other than it was, since its reader's rights have. */
export function tellRightsChanged(): void {
  place?.remove();
  const own = document.createElement('div');
  document.body.append(own);
  place = own;
  createRoot(own).render(<RightsChanged dismiss={() => own.remove()} />);
}

function RightsChanged({ dismiss }: { dismiss: () => void }) {
  return (
    <div
      role="alert"
      className="fixed inset-x-4 bottom-4 z-40 mx-auto flex max-w-xl flex-wrap items-center gap-x-4 gap-y-2 rounded-field border border-line bg-surface px-4 py-3 shadow-lg"
    >
      <p className="min-w-56 flex-1">
        Your permissions have changed. The page shows what you may do now.
      </p>
      <Button type="button" onClick={dismiss}>
        Dismiss
      </Button>
    </div>
  );
}
