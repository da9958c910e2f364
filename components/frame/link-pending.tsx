'use client';

import { useLinkStatus } from 'next/link';

/** Inside a link: a line at the top of the window while its page takes longer than a moment. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden="true" className="link-pending" /> : null;
}
