import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { db, transaction } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';

/** One request, as whoever made it sees it. */
export type OwnRequest = {
  id: number;
  perm: string;
  name: string;
  reason: string;
  seconds: number | null;
  state: string;
  created: Date;
  decided: Date | null;
  decider: string;
  answer: string;
};

// On one page: the newest, and whatever waits is among them.
const MAX_LISTED = 50;

/** A person's requests, those that wait first, then the newest; 50 at most. */
export async function ownRequests(userId: number): Promise<OwnRequest[]> {
  const open = await requestsOf({ userId, state: 'open' });
  const others = await requestsOf({ userId, state: { not: 'open' } });
  const rows = [...open, ...others].slice(0, MAX_LISTED);
  const catalogue = await loadCatalogue(
    db,
    rows.map(({ permissionId }) => permissionId),
  );
  const named = new Map(catalogue.map((permission) => [permission.id, permission]));
  return rows.map(({ permissionId, ...row }) => {
    const { perm = '', name = '' } = named.get(permissionId) ?? {};
    return { ...row, perm, name };
  });
}

function requestsOf(where: { userId: number; state: string | { not: string } }) {
  return db.accessRequest.findMany({
    where,
    omit: { userId: true },
    orderBy: { id: 'desc' },
    take: MAX_LISTED,
  });
}

/**
 * Take back a request of one's own that waits, by its id in a form. False for one that is another's,
 * answered already, or none.
 */
export async function withdrawRequest(
  request: SecurityRequest & { readonly user: User },
  sent: unknown,
): Promise<boolean> {
  const { user } = request;
  const id = typeof sent === 'string' ? parseId(sent) : null;
  if (id === null) return false;
  return transaction(async (tx) => {
    const { count } = await tx.accessRequest.updateMany({
      where: { id, userId: user.id, state: 'open' },
      data: { state: 'withdrawn', decided: new Date() },
    });
    if (count === 0) return false;
    await logSecurityEvent({
      name: 'authz_admin',
      actor: user,
      target: { id: user.id, username: user.getUsername() },
      request,
      detail: { act: 'withdrew a request for access', accessRequest: id },
      tx,
    });
    return true;
  });
}
