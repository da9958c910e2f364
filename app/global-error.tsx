'use client';

import { ServerError } from '@/components/pages/server-error';
import '@/app/globals.css';

/** Replaces the root layout when that itself fails, so it brings its own document. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto w-full max-w-5xl px-4 py-16 sm:px-6">
          <ServerError reference={error.digest ?? ''} />
        </main>
      </body>
    </html>
  );
}
