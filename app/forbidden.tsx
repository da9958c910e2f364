'use client';

import { ButtonLink } from '@/components/button';

/** Only for a host where a guard cannot set the status itself and leaves the answer to Next.js. */
export default function ForbiddenPage() {
  return (
    <>
      <title>Not allowed</title>
      <h1 className="text-title">You may not do this</h1>
      <p className="mt-2 max-w-2xl text-muted">
        You are signed in, but something this page needs is not granted to you.
      </p>
      <div className="mt-8">
        <ButtonLink href="/dashboard/" prefetch={false}>
          See what you may do
        </ButtonLink>
      </div>
    </>
  );
}
