'use client';

import { ServerError } from '@/components/pages/server-error';

/** Only for what a guard cannot catch: an error in a component below the page. */
export default function PageError({ error }: { error: Error & { digest?: string } }) {
  return <ServerError reference={error.digest ?? ''} />;
}
