import type { Viewer } from '@/lib/apps/define-config';
import { db } from '@/lib/db/client';
import type { ForbiddenPart } from '@/lib/http/forbidden-parts';
import { permissionsNamed } from './permissions-named';
import { sealRefused } from './refused-seal';

const OWN = { href: '/accounts/access-requests/', label: 'See your requests' };

/**
 * The way to ask for what was refused, or to the request that waits already. None for what the database
 * does not know: nobody could grant it.
 */
export async function requestPart(
  user: Viewer,
  missing: readonly string[],
): Promise<ForbiddenPart | null> {
  if (!user.isActive || user.attenuation) return null;
  const named = await permissionsNamed(missing);
  if (named.length === 0) return null;
  const waiting = await db.accessRequest.findMany({
    where: { userId: user.id, state: 'open', permissionId: { in: named.map(({ id }) => id) } },
    select: { permissionId: true },
  });
  const asked = new Set(waiting.map(({ permissionId }) => permissionId));
  const perms = named.filter(({ id }) => !asked.has(id)).map(({ perm }) => perm);
  if (perms.length === 0) {
    return { text: 'You have asked for this already. Nobody has answered yet.', link: OWN };
  }
  const refused = await sealRefused({ user: user.id, perms });
  const href = `/accounts/access-requests/add/?refused=${encodeURIComponent(refused)}`;
  return {
    text: 'Say what you need it for, and whoever may grant it is told.',
    link: { href, label: 'Request access' },
  };
}
