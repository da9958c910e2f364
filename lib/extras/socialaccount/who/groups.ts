import { logPrivilegeChange } from '@/lib/contrib/auth/events/privilege-events';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { groupsOf } from '@/lib/contrib/auth/users/user-joins';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userGroupsTable } from '@/lib/contrib/auth/users/user-table';
import type { TransactionClient } from '@/lib/db/client';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';

type Named = { readonly id: number; readonly name: string };

/** What `auth_group_source` calls a provider. */
export function sourceOf(provider: string): string {
  return `provider ${provider}`;
}

/**
 * Make a person's memberships say what their provider says, of the groups that its map names and of no
 * others: join what is claimed, leave what it gave and claims no more. A membership that somebody gave by
 * hand stays, and so does one that another provider gives. With null for what is claimed nothing is
 * changed, and the security log says so. Groups give permissions; no claim makes anybody staff.
 * allauth: no counterpart
 */
export async function syncGroups(
  tx: TransactionClient,
  request: SecurityRequest,
  {
    user,
    setting,
    claimed,
  }: { user: User; setting: ProviderSetting; claimed: readonly string[] | null },
): Promise<void> {
  if (!setting.groups || !getUserModel().groups) return;
  if (claimed === null) {
    return log(tx, request, user, { provider: setting.id, reason: 'too many groups to be told' });
  }
  const { map } = setting.groups;
  const managed = await tx.group.findMany({ where: { name: { in: Object.values(map) } } });
  const names = claimed.flatMap((theirs) => (Object.hasOwn(map, theirs) ? [map[theirs]] : []));
  const wanted = managed.filter(({ name }) => names.includes(name));
  const given = await give(tx, user, wanted, setting.id);
  const others = managed.filter((group) => !wanted.includes(group));
  const taken = await take(tx, user, others, setting.id);
  if (given.length + taken.length === 0) return;
  await log(tx, request, user, { provider: setting.id, groupsGiven: given, groupsTaken: taken });
}

async function give(
  tx: TransactionClient,
  { id: userId }: User,
  groups: readonly Named[],
  provider: string,
): Promise<string[]> {
  const current = await groupsOf(tx, userId);
  const given: string[] = [];
  for (const { id: groupId, name } of groups) {
    const isIn = current.includes(groupId);
    const sources = await tx.groupSource.findMany({ where: { userId, groupId } });
    // Who is in by nobody's word but a person's stays in, whatever the provider says later.
    if (isIn && sources.length === 0) continue;
    if (!isIn) {
      await join(tx, userId, groupId);
      given.push(name);
    }
    const source = sourceOf(provider);
    if (isIn && sources.some((each) => each.source === source)) continue;
    await tx.groupSource.deleteMany({ where: { userId, groupId, source } });
    await tx.groupSource.create({ data: { userId, groupId, source, created: new Date() } });
  }
  return given;
}

async function take(
  tx: TransactionClient,
  { id: userId }: User,
  groups: readonly Named[],
  provider: string,
): Promise<string[]> {
  const taken: string[] = [];
  for (const { id: groupId, name } of groups) {
    const where = { userId, groupId };
    const gone = await tx.groupSource.deleteMany({
      where: { ...where, source: sourceOf(provider) },
    });
    if (gone.count === 0 || (await tx.groupSource.count({ where })) > 0) continue;
    if ((await leave(tx, userId, groupId)) > 0) taken.push(name);
  }
  return taken;
}

function join(tx: TransactionClient, userId: number, groupId: number): Promise<number> {
  const { table, user } = userGroupsTable();
  return tx.$executeRaw`
    INSERT INTO ${table} (${user}, group_id) VALUES (${userId}, ${groupId})
    ON CONFLICT (${user}, group_id) DO NOTHING`;
}

function leave(tx: TransactionClient, userId: number, groupId: number): Promise<number> {
  const { table, user } = userGroupsTable();
  return tx.$executeRaw`DELETE FROM ${table} WHERE ${user} = ${userId} AND group_id = ${groupId}`;
}

function log(
  tx: TransactionClient,
  request: SecurityRequest,
  { id, username }: User,
  detail: Record<string, string | string[]>,
): Promise<void> {
  const holder = { kind: 'user' as const, id, name: username };
  return logPrivilegeChange(tx, { request, actor: undefined }, holder, detail);
}
