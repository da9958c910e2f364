'use client';

import { useLinkStatus } from 'next/link';

/** Inside a link: a line at the top of the window while its page takes longer than a moment. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <PendingLine /> : null;
}

/** The line itself, for what is no link: a jump by the keyboard or from the palette. */
export function PendingLine() {
  return <span aria-hidden="true" className="link-pending" />;
}
