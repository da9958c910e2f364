import type { AdminRequest, Change } from '@/lib/admin/options';
import { User } from '@/lib/auth/models';
import { logSecurityEvent } from '@/lib/auth/security-log';
import type { TransactionClient } from '@/lib/db/client';

const FLAGS = ['isActive', 'isStaff', 'isSuperuser'] as const;
const KEYS = ['groups', 'userPermissions'] as const;

type UserChange = Change<object & { id: number }>;

/** Whether a change of a user gives somebody a right: a group, a permission, or one of two flags. */
export function isGrantToUser({ before, values }: Pick<UserChange, 'before' | 'values'>): boolean {
  const raises = (flag: string) => values[flag] === true && valueIn(before, flag) !== true;
  return (
    raises('isStaff') ||
    raises('isSuperuser') ||
    KEYS.some((key) => gained(before, values, key) > 0)
  );
}

/** Whether a change of a group gives its members a right. */
export function isGrantToGroup({ before, values }: Pick<UserChange, 'before' | 'values'>): boolean {
  return gained(before, values, 'permissions') > 0;
}

/** Keep a change of a user in the security log: apart if it touches what the person may do. */
export async function logUserChange(
  tx: TransactionClient,
  { request, before, values, id }: UserChange & { id: number },
): Promise<void> {
  const flags = FLAGS.filter((flag) => flag in values && valueIn(before, flag) !== values[flag]);
  const keys = KEYS.filter((key) => gained(before, values, key) + lost(before, values, key) > 0);
  const touched = [...flags, ...keys];
  const others = Object.keys(values).filter(
    (name) =>
      ![...FLAGS, ...KEYS].some((known) => known === name) &&
      valueIn(before, name) !== values[name],
  );
  if (touched.length + others.length === 0) return;
  await logSecurityEvent({
    name: touched.length > 0 ? 'privilege_permissions_changed' : 'user_updated',
    actor: actorOf(request),
    target: { id, username: String(values['username'] ?? valueIn(before, 'username')) },
    request,
    detail: { changed: [...touched, ...others], ...describe(before, values, [...FLAGS, ...KEYS]) },
    tx,
  });
}

/** Keep a change of a group in the security log if it touches what its members may do. */
export async function logGroupChange(
  tx: TransactionClient,
  { request, before, values, id }: UserChange & { id: number },
): Promise<void> {
  if (gained(before, values, 'permissions') + lost(before, values, 'permissions') === 0) return;
  await logSecurityEvent({
    name: 'privilege_permissions_changed',
    actor: actorOf(request),
    request,
    detail: { group: String(id), ...describe(before, values, ['permissions']) },
    tx,
  });
}

/** Whoever asks, as the security log knows them. */
export function actorOf({ user }: AdminRequest): User | undefined {
  return user instanceof User ? user : undefined;
}

// Flags as they are now; of groups and permissions the ids that came and went.
function describe(before: object | null, values: object, names: readonly string[]) {
  const detail: Record<string, boolean | string[]> = {};
  for (const name of names) {
    const value = valueIn(values, name);
    if (typeof value === 'boolean' && value !== valueIn(before, name)) detail[name] = value;
    if (!Array.isArray(value)) continue;
    const held = idsOf(before, name);
    const came = idsOf(values, name).filter((id) => !held.includes(id));
    const went = held.filter((id) => !idsOf(values, name).includes(id));
    if (came.length > 0) detail[`${name}Added`] = came.map(String);
    if (went.length > 0) detail[`${name}Removed`] = went.map(String);
  }
  return detail;
}

function gained(before: object | null, values: object, name: string): number {
  const held = idsOf(before, name);
  return idsOf(values, name).filter((id) => !held.includes(id)).length;
}

function lost(before: object | null, values: object, name: string): number {
  if (!(name in values)) return 0;
  const kept = idsOf(values, name);
  return idsOf(before, name).filter((id) => !kept.includes(id)).length;
}

function idsOf(record: object | null, name: string): unknown[] {
  const value = valueIn(record, name);
  return Array.isArray(value) ? value : [];
}

function valueIn(record: object | null, name: string): unknown {
  return record && Reflect.get(record, name);
}
