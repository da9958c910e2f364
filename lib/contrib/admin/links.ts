import type { AdminLink, Viewer } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';

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
