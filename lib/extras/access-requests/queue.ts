import { mayChangeEach } from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { mayGrant } from '@/lib/contrib/auth/permissions/account-rules';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { db } from '@/lib/db/client';
import { mayChange, whyNotDecide } from './may-decide';

/** One request, as whoever may answer it sees it. */
export type QueuedRequest = {
  id: number;
  userId: number;
  username: string;
  permissionId: number;
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

// Requests on one page of the queue.
const PER_PAGE = 50;

/**
 * One page of the requests that wait or, with `isOpen` false, of those that were answered: only those
 * that the viewer may answer, whom of they may change and what of they may give. The oldest first of
 * those that wait, the newest of the others.
 */
export async function listQueue(
  viewer: User,
  { isOpen, page }: { isOpen: boolean; page: number },
): Promise<{ requests: QueuedRequest[]; hasNext: boolean }> {
  const state = isOpen ? { equals: 'open' } : { in: ['approved', 'refused'] };
  const asked = await db.accessRequest.findMany({
    where: { state },
    distinct: ['permissionId'],
    select: { permissionId: true },
  });
  const grantable = await mayGrant(
    viewer,
    asked.map(({ permissionId }) => permissionId),
  );
  const rows = await db.accessRequest.findMany({
    where: { state, permissionId: { in: [...grantable] }, userId: { not: viewer.id } },
    orderBy: { id: isOpen ? 'asc' : 'desc' },
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE + 1,
  });
  const all = await mayChangeEach(viewer, userAdmin());
  const seen = [];
  for (const row of rows.slice(0, PER_PAGE)) {
    if (all || (await mayChange(viewer, row.userId))) seen.push(row);
  }
  return { requests: await named(seen), hasNext: rows.length > PER_PAGE };
}

/** The request of an id that the viewer may answer, in whatever state; null for every other. */
export async function findQueued(viewer: User, id: number): Promise<QueuedRequest | null> {
  const row = await db.accessRequest.findUnique({ where: { id } });
  if (!row || (await whyNotDecide(viewer, row)) !== null) return null;
  const [request] = await named([row]);
  return request ?? null;
}

type Row = Omit<QueuedRequest, 'username' | 'perm' | 'name'>;

async function named(rows: readonly Row[]): Promise<QueuedRequest[]> {
  const people = await userNames(rows.map(({ userId }) => userId));
  const catalogue = await loadCatalogue(
    db,
    rows.map(({ permissionId }) => permissionId),
  );
  const permissions = new Map(catalogue.map((permission) => [permission.id, permission]));
  return rows.map((row) => {
    const { perm = '', name = '' } = permissions.get(row.permissionId) ?? {};
    return { ...row, username: people.get(row.userId)?.username ?? '', perm, name };
  });
}
