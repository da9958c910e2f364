import type { ReactNode } from 'react';
import { Breadcrumbs, type Crumb } from '@/components/admin/breadcrumbs';
import { Keyboard } from '@/components/admin/keyboard/keyboard';
import { placesOf } from '@/components/admin/keyboard/places';
import { Rail } from '@/components/admin/rail';
import { UndoBar } from '@/components/admin/rights/undo-bar';
import { PageTitle } from '@/components/page';
import { isInstalled } from '@/lib/apps/installed';
import { adminLinksFor } from '@/lib/contrib/admin/links';
import type { User } from '@/lib/contrib/auth/models';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';

type Props = {
  request: HttpRequest<User>;
  title: string;
  heading?: ReactNode;
  /** Below the admin's index, which is always the first. The page itself is not among them. */
  crumbs?: readonly Crumb[];
  lead?: ReactNode;
  actions?: ReactNode;
  /** Whether what was just done may be undone from here. */
  hasUndo?: boolean;
  children?: ReactNode;
};

/** A page of the admin: the rail of apps and models, where one is, and the thing itself. */
export async function AdminPage({
  request,
  title,
  heading = title,
  crumbs,
  lead,
  actions,
  hasUndo = true,
  children,
}: Props) {
  const { user } = request;
  const apps = await adminSite.appList(user);
  const links = await adminLinksFor(user);
  return (
    <div
      data-wide
      className="gap-x-10 text-sm lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:items-start"
    >
      <PageTitle title={title} user={user} />
      <Rail apps={apps} links={links} />
      <div className="min-w-0">
        {hasUndo && <UndoBar request={request} />}
        <div className="mb-1 flex min-h-8 items-start justify-between gap-4">
          <div className="min-w-0">{crumbs && <Breadcrumbs crumbs={crumbs} />}</div>
          <Keyboard places={placesOf(apps, links)} hasPalette={isInstalled('palette')} />
        </div>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 max-w-3xl">
            <h1 className="text-title">
              <bdi>{heading}</bdi>
            </h1>
            {lead && <div className="mt-1 text-muted">{lead}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
        <div className="mt-6">{children}</div>
      </div>
    </div>
  );
}
