import type { ReactNode } from 'react';
import { NarrowPage } from '@/components/page';
import type { RequestUser } from '@/lib/contrib/auth/models';

type Props = { title: string; user: RequestUser; why: string; children?: ReactNode };

/** The page of a mailed link that is worth nothing: what may be the matter, and what to do. */
export function DeadLink({ title, user, why, children }: Props) {
  return (
    <NarrowPage title={title} heading="This link does not work" user={user} lead={why}>
      <meta name="referrer" content="same-origin" />
      {children}
    </NarrowPage>
  );
}
