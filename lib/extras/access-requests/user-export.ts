import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { db } from '@/lib/db/client';

/**
 * What a person asked for, with the answers, and what they were given for a time: not who answered,
 * since that is somebody else.
 * GDPR, article 15 (4)
 */
export async function exportAccessRequests({ id }: { id: number }) {
  const where = { userId: id };
  const requests = await db.accessRequest.findMany({ where, orderBy: { id: 'asc' } });
  const grants = await db.timedGrant.findMany({
    where,
    include: { group: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  const ids = [...requests, ...grants].flatMap(({ permissionId }) => permissionId ?? []);
  const names = new Map((await loadCatalogue(db, ids)).map((each) => [each.id, each.perm]));
  const permOf = (permissionId: number | null) => names.get(permissionId ?? 0) ?? null;
  return {
    requests: requests.map(
      ({ permissionId, reason, seconds, state, created, decided, answer }) => ({
        permission: permOf(permissionId),
        ...{ reason, seconds, state, created, decided, answer },
      }),
    ),
    grantsForATime: grants.map(({ permissionId, group, created, until, reason }) => ({
      permission: permOf(permissionId),
      group: group?.name ?? null,
      ...{ created, until, reason },
    })),
  };
}
