import type { ReactNode } from 'react';
import { Breadcrumbs, type Crumb } from '@/components/admin/breadcrumbs';
import { Keyboard } from '@/components/admin/keyboard/keyboard';
import { placesOf } from '@/components/admin/keyboard/places';
import { Rail } from '@/components/admin/rail';
import { PageTitle } from '@/components/page';
import { isInstalled } from '@/lib/apps/installed';
import { adminLinksFor } from '@/lib/contrib/admin/links';
import { railOf } from '@/lib/contrib/admin/rail/rail';
import type { User } from '@/lib/contrib/auth/models';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';

export type FrameProps = {
  request: HttpRequest<User>;
  title: string;
  heading?: ReactNode;
  /** Below the admin's index, which is always the first. The page itself is not among them. */
  crumbs?: readonly Crumb[];
  lead?: ReactNode;
  actions?: ReactNode;
  /** What stands above all else of the page. */
  above?: ReactNode;
  children?: ReactNode;
};

/** The rail of apps and models, where one is, and the thing itself. */
export async function AdminFrame({
  request,
  title,
  heading = title,
  crumbs,
  lead,
  actions,
  above,
  children,
}: FrameProps) {
  const { user } = request;
  const apps = await adminSite.appList(user);
  const links = await adminLinksFor(user);
  return (
    <div
      data-wide
      className="gap-x-10 text-sm lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:items-start"
    >
      <PageTitle title={title} user={user} />
      <Rail sections={railOf(apps, links)} />
      <div className="min-w-0">
        {above}
        <Keyboard places={placesOf(apps, links)} hasPalette={isInstalled('palette')} />
        {crumbs && (
          <div className="mb-1 min-h-8">
            <Breadcrumbs crumbs={crumbs} />
          </div>
        )}
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
