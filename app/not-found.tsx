'use client';

import { NotFound } from '@/components/pages/not-found';

/** Only for what the catch-all page cannot see, such as a malformed address. */
export default function NotFoundPage() {
  return <NotFound />;
}
