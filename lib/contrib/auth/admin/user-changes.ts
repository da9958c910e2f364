import type { AdminRequest, Change, Values } from '@/lib/contrib/admin/options';
import { logPrivilegeChange } from '@/lib/contrib/auth/events/privilege-events';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { User } from '@/lib/contrib/auth/models';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { identityFields } from '@/lib/contrib/auth/users/identity-fields';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { gained, isMoved, lost, valueIn } from './moved-ids';
import { endAllSessions, endedDetail, sessionsEnded } from './user-sessions';

const FLAGS = ['isActive', 'isStaff', 'isSuperuser'] as const;
const KEYS = ['groups', 'userPermissions'] as const;

type UserChange = Change<object & { id: RowId }>;

/**
 * Whether a change of a user gives somebody a right: a group, a permission, a flag, or a name or an
 * address by which whoever has it gets the account.
 */
export function isGrantToUser({ before, values }: Pick<UserChange, 'before' | 'values'>): boolean {
  const raises = (flag: string) => values[flag] === true && valueIn(before, flag) !== true;
  return (
    raises('isStaff') ||
    raises('isSuperuser') ||
    movesIdentity(before, values) ||
    KEYS.some((key) => gained(before, values, key).length > 0)
  );
}

function movesIdentity(before: object | null, values: Values): boolean {
  const fields = before ? identityFields(before, values) : [];
  return fields.some((field) => field !== 'isActive' || values['isActive'] === true);
}

/** Whether a change of a group gives its members a right. */
export function isGrantToGroup({ before, values }: Pick<UserChange, 'before' | 'values'>): boolean {
  return gained(before, values, 'permissions').length > 0;
}

/**
 * What else happens when a user was changed: whoever goes to sleep or wakes loses every session for
 * good, and the security log keeps it, apart if it touches what the person may do. Returns how many
 * sessions ended, in words; null for none.
 */
export async function userSaved(
  tx: TransactionClient,
  change: UserChange & { id: number },
): Promise<string | null> {
  const { before, values, id } = change;
  const isTurned = 'isActive' in values && valueIn(before, 'isActive') !== values['isActive'];
  const ended = before && isTurned ? (await endAllSessions(tx, [id])).get(id) : undefined;
  await logUserChange(tx, change, ended);
  return ended === undefined ? null : `${sessionsEnded(ended)}.`;
}

async function logUserChange(
  tx: TransactionClient,
  { request, before, values, id }: UserChange & { id: number },
  ended: number | undefined,
): Promise<void> {
  const flags = FLAGS.filter((flag) => flag in values && valueIn(before, flag) !== values[flag]);
  const keys = KEYS.filter((key) => key in values && isMoved(before, values, key));
  const touched: readonly string[] = [...flags, ...keys];
  const known: readonly string[] = [...FLAGS, ...KEYS];
  const others = Object.keys(values).filter(
    (name) => !known.includes(name) && valueIn(before, name) !== values[name],
  );
  const who = { request, actor: actorOf(request) };
  const { USERNAME_FIELD } = getUserModel();
  const username = String(values[USERNAME_FIELD] ?? valueIn(before, USERNAME_FIELD));
  if (touched.length > 0) {
    const detail = {
      changed: [...touched, ...others],
      ...endedDetail(ended),
      ...Object.fromEntries(flags.map((flag) => [flag, values[flag] === true])),
      ...(await permissionMoves(tx, before, values, 'userPermissions')),
      ...(await groupMoves(tx, before, values)),
    };
    await logPrivilegeChange(tx, who, { kind: 'user', id, name: username }, detail);
  } else if (others.length > 0) {
    const detail = { changed: others };
    await logSecurityEvent({ name: 'user_updated', ...who, target: { id, username }, detail, tx });
  }
}

/** Keep a change of a group in the security log if it touches what its members may do. */
export async function logGroupChange(
  tx: TransactionClient,
  { request, before, values, id }: UserChange & { id: number },
): Promise<null> {
  if (!isMoved(before, values, 'permissions')) return null;
  const name = String(values['name'] ?? valueIn(before, 'name'));
  const moves = await permissionMoves(tx, before, values, 'permissions');
  await logPrivilegeChange(
    tx,
    { request, actor: actorOf(request) },
    { kind: 'group', id, name },
    moves,
  );
  return null;
}

/** Whoever asks, as the security log knows them. */
export function actorOf({ user }: AdminRequest): User | undefined {
  return user instanceof User ? user : undefined;
}

async function permissionMoves(
  tx: TransactionClient,
  before: object | null,
  values: object,
  name: string,
) {
  const namesOf = async (ids: readonly number[]) =>
    (await loadCatalogue(tx, ids)).map(({ perm }) => perm);
  return {
    given: await namesOf(gained(before, values, name)),
    taken: await namesOf(lost(before, values, name)),
  };
}

async function groupMoves(tx: TransactionClient, before: object | null, values: object) {
  const namesOf = async (ids: number[]) => {
    if (ids.length === 0) return [];
    // Sorted here: Prisma splits a long list of ids only where it need not sort.
    const rows = await tx.group.findMany({ where: { id: { in: ids } } });
    return rows.map(({ name }) => name).sort();
  };
  return {
    groupsGiven: await namesOf(gained(before, values, 'groups')),
    groupsTaken: await namesOf(lost(before, values, 'groups')),
  };
}
