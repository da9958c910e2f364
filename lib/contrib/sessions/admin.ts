import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { idsFound } from '@/lib/contrib/admin/search/ids-found';
import { personCells } from '@/lib/contrib/auth/admin/people/person-cells';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { ownerRefusals } from '@/lib/contrib/auth/permissions/owner-refusals';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { endElsewhere } from '@/lib/contrib/sessions/store';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import { chunksOf } from '@/lib/db/chunks';
import { Prisma, type TransactionClient } from '@/lib/db/client';

/**
 * Everybody's sessions, without what they hold. To delete one ends it: whoever it belongs to is a
 * stranger at the next request.
 */
export const sessionAdmin = defineAdmin('sessions.session', {
  rail: { section: 'Activity', order: 20 },
  str: ({ id, userId }) => (userId === null ? `Session ${id}` : `Session ${id} of user ${userId}`),
  listDisplay: [
    {
      name: 'userId',
      label: 'Person',
      ordering: 'userId',
      async valuesOf(rows, viewer) {
        const cells = await personCells(
          rows.map(({ userId }) => userId),
          viewer,
        );
        const cellOf = (userId: number | null) => cells.get(userId ?? 0) ?? 'Nobody yet';
        return new Map(rows.map(({ id, userId }) => [id, cellOf(userId)]));
      },
    },
    { name: 'device', label: 'Device', value: ({ userAgent }) => describeUserAgent(userAgent) },
    'ipAddress',
    'lastSeen',
    'created',
    'expireDate',
  ],
  listDisplayLinks: ['device'],
  listFilter: ['lastSeen'],
  searchFields: ['ipAddress', 'userAgent'],
  searchFurther: sessionsOfNamed,
  ordering: ['-lastSeen'],
  fieldsets: [
    {
      title: null,
      fields: ['userId', 'ipAddress', 'userAgent', 'created', 'lastSeen', 'expireDate'],
    },
  ],
  async facts({ userId }, viewer) {
    if (userId === null) return [];
    const { name = '', href } = (await personCells([userId], viewer)).get(userId) ?? {};
    const link = href === undefined ? {} : { link: { label: 'Their page', href } };
    return [{ label: 'Person', text: name, ...link }];
  },
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  cleanDelete: checkSessionsEnd,
  deleting: endForGood,
});

// People whose sessions a name finds; of more nobody reads the list.
const MOST_PEOPLE = 500;

async function sessionsOfNamed(search: string, viewer: AdminUser): Promise<Prisma.Sql | null> {
  const ids = await idsFound(viewer, userAdmin(), search, MOST_PEOPLE);
  return ids.length === 0 ? null : Prisma.sql`t.user_id IN (${Prisma.join(ids)})`;
}

// Whose account somebody may not touch, their sessions they may not end either.
async function checkSessionsEnd(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const owners = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    for (const { userId } of await tx.session.findMany({ where, select: { userId: true } })) {
      if (userId !== null) owners.add(userId);
    }
  }
  return ownerRefusals(tx, actor, { userIds: [...owners], act: 'ends a session of' });
}

async function endForGood(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await endElsewhere(tx, chunk);
    const where = { id: { in: chunk } };
    const rows = await tx.session.findMany({ where, select: { sessionKey: true, userId: true } });
    const names = await userNames(
      rows.map(({ userId }) => userId),
      tx,
    );
    for (const { sessionKey, userId } of rows) {
      const user = userId === null ? undefined : names.get(userId);
      await logSecurityEvent({
        name: 'session_expired',
        actor: actorOf(request),
        ...(user && { target: user }),
        request,
        detail: { reason: 'ended in the admin', ended: sessionKey },
        tx,
      });
    }
  }
}
