import type { ReactNode } from 'react';

/** A form whose answer is a file, which leaves the page as it is. */
export function DownloadForm({ address, children }: { address: string; children: ReactNode }) {
  return (
    <form action={address} method="post">
      {children}
    </form>
  );
}
