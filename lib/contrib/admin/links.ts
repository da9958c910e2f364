import type { AdminLink, Viewer } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';
import type { AdminUser, ModelAdmin } from './options';

/** A page that an app adds to the list of a model. */
export type ListLink = { label: string; href: string };

/** A query of a list that somebody has given a name. */
export type ListView = { name: string; query: string };

/** The named queries of a list, and where there is more to do with them. */
export type ListViews = { views: readonly ListView[]; link: ListLink | null };

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Links above the lists of all models; null where one is not for this person. */
    readonly listLinks?: readonly ((
      user: AdminUser,
      admin: ModelAdmin,
    ) => Promise<ListLink | null>)[];
    /** Named queries above the list of a model, for whoever looks at it with this query. */
    readonly listViews?: readonly ((
      user: AdminUser,
      admin: ModelAdmin,
      params: URLSearchParams,
    ) => Promise<ListViews>)[];
  }
}

/** What apps add above the list of a model for this person, in the order of the apps. */
export async function listLinksFor(user: AdminUser, admin: ModelAdmin): Promise<ListLink[]> {
  const links = await Promise.all(brought('listLinks').map((each) => each(user, admin)));
  return links.filter((link) => link !== null);
}

/** The named queries that apps have of a model's list for this person. */
export async function listViewsFor(
  user: AdminUser,
  admin: ModelAdmin,
  params: URLSearchParams,
): Promise<{ views: ListView[]; links: ListLink[] }> {
  const told = await Promise.all(brought('listViews').map((each) => each(user, admin, params)));
  return {
    views: told.flatMap(({ views }) => views),
    links: told.flatMap(({ link }) => link ?? []),
  };
}

/** The pages of the admin that are no model's and that this person is led to, in the order of the apps. */
export async function adminLinksFor(viewer: Viewer): Promise<AdminLink[]> {
  const links = brought('adminLinks');
  const shown = await Promise.all(
    links.map(async ({ permissions }) => {
      for (const perm of permissions) if (await viewer.hasPerm(perm)) return true;
      return false;
    }),
  );
  return links.filter((_, i) => shown[i]);
}
