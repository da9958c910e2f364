import type { ReactNode } from 'react';
import { documentTitle } from '@/components/pages/document-title';
import { SessionCheck } from '@/components/session-watch';
import type { RequestUser } from '@/lib/contrib/auth/models';

type PageProps = {
  title: string;
  heading?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  user: RequestUser;
  children?: ReactNode;
};

/** A full-width page: its title in the tab, its heading with what may be done here, its content. */
export function Page({ title, heading = title, lead, actions, user, children }: PageProps) {
  return (
    <>
      <PageTitle title={title} user={user} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 max-w-2xl">
          <h1 className="text-title">
            <bdi>{heading}</bdi>
          </h1>
          {lead && <div className="mt-2 text-muted">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      <div className="mt-8">{children}</div>
    </>
  );
}

/** One narrow column with a form in it and nothing beside it. */
export function NarrowPage({ title, heading = title, lead, user, children }: PageProps) {
  return (
    <div className="mx-auto max-w-96 sm:pt-8">
      <PageTitle title={title} user={user} />
      <h1 className="text-title">{heading}</h1>
      {lead && <div className="mt-2 text-muted">{lead}</div>}
      <div className="mt-6">{children}</div>
    </div>
  );
}

/** What every page says of itself: its title in the tab, and whose it is. */
export function PageTitle({ title, user }: { title: string; user: RequestUser }) {
  return (
    <>
      <title>{documentTitle(title)}</title>
      <SessionCheck who={sessionOwner(user)} />
    </>
  );
}

/** What tells one person's pages from another's: the id, or nothing for a stranger. */
export function sessionOwner(user: RequestUser | null): string {
  return user?.isAuthenticated ? String(user.id) : '';
}
