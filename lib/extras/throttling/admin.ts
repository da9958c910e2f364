import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { idsFound } from '@/lib/contrib/admin/search/ids-found';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { fewOf } from '@/lib/core/text';
import { db, Prisma, type TransactionClient } from '@/lib/db/client';
import { kindWords, waitsUntil, whoColumn } from '@/lib/extras/throttling/columns';
import {
  accountKeysOf,
  accountKeysOfPeople,
  countersOf,
  ownersOfAttempts,
} from '@/lib/extras/throttling/list';

/**
 * What is counted of failed tries. To delete a count lifts its wait. Accounts stand here as hashes:
 * `manage throttle` finds whose they are.
 */
export const throttleAdmin = defineAdmin('security.throttle', {
  rail: { section: 'Activity', order: 30 },
  str: ({ kind, scope, key }) => `${kind} by ${scope} ${key}`,
  listDisplay: [
    whoColumn,
    { name: 'kind', label: 'What', ordering: 'kind', value: ({ kind }) => kindWords(kind) },
    'scope',
    'tries',
    'refused',
    {
      name: 'blockedUntil',
      label: 'Waits until',
      ordering: 'blockedUntil',
      value: ({ blockedUntil }) => waitsUntil(blockedUntil),
    },
    'started',
  ],
  listFilter: ['kind', 'scope'],
  listDisplayLinks: ['kind'],
  searchFields: ['=key'],
  searchFurther: countersOfNamed,
  ordering: ['-blockedUntil'],
  fieldsets: [
    { title: null, fields: ['kind', 'scope', 'key'] },
    { title: 'Tries', fields: ['tries', 'refused', 'started'] },
  ],
  readonlyFields: [
    {
      name: 'waits',
      label: 'Waits until',
      value: ({ blockedUntil }) => waitsUntil(blockedUntil) ?? 'Nobody waits',
    },
  ],
  cleanDelete: checkWaitsLifted,
  deleting: logLifted,
});

// Counters that a name finds: an account has a few, and each of its devices.
const MOST_FOUND = 500;
const MOST_PEOPLE = 20;

// By what was typed, whole and as it is spelt, and by people of that name. Who has an account is told to
// who may view people.
async function countersOfNamed(search: string, viewer: AdminUser): Promise<Prisma.Sql | null> {
  if (!(await hasViewPermission(viewer, userAdmin()))) return null;
  const people = await idsFound(viewer, userAdmin(), search, MOST_PEOPLE);
  const keys = [
    ...(await accountKeysOf(search.trim())),
    ...(await accountKeysOfPeople(people.map(Number))),
  ];
  const where = countersOf(new Set(keys));
  const rows = await db.throttle.findMany({ where, select: { id: true }, take: MOST_FOUND });
  if (rows.length === 0) return null;
  return Prisma.sql`t.id IN (${Prisma.join(rows.map(({ id }) => id))})`;
}

// A wait that is lifted gives whoever guesses at the account new tries. Networks are nobody's.
async function checkWaitsLifted(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  if (actor.isActive && actor.isSuperuser && actor.attenuation === null) return [];
  const owners = await ownersOfAttempts(tx, ids);
  const refusals = await identityRefusals(actor, owners, { client: tx, act: 'lifts a wait of' });
  return fewOf(refusals.values());
}

async function logLifted(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  await logSecurityEvent({
    name: 'authz_admin',
    actor: actorOf(request),
    request,
    detail: { reason: 'waits lifted', count: ids.length },
    tx,
  });
}
