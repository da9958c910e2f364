import type { ReactNode } from 'react';

/** A form whose answer is a page of another site, which the browser goes to by itself. */
export function ElsewhereForm({ address, children }: { address: string; children: ReactNode }) {
  return (
    <form action={address} method="post">
      {children}
    </form>
  );
}
