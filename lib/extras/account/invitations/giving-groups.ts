import type { AdminUser } from '@/lib/contrib/admin/options';
import { logPrivilegeChange } from '@/lib/contrib/auth/events/privilege-events';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userGroupsTable } from '@/lib/contrib/auth/users/user-table';
import type { TransactionClient } from '@/lib/db/client';
import { notGrantable, notHeld } from '@/lib/extras/grant-rules/may-grant';
import type { Invitation } from './invitations';

type NamedGroup = { id: number; name: string };

/** Groups that somebody may give by an invitation, and those that they may not, with what they lack. */
type Judged = { given: NamedGroup[]; refused: (NamedGroup & { missing: string[] })[] };

/** Which of these groups somebody may give to others: those of which they hold all that they grant. */
export async function judgeGroups(
  tx: TransactionClient,
  giver: AdminUser,
  ids: readonly number[],
): Promise<Judged> {
  const judged: Judged = { given: [], refused: [] };
  for (const { id, name, permissions } of await loadGroupPermissions(tx, ids)) {
    const missing = await notGrantable(giver, permissions, tx);
    if (missing.length === 0) judged.given.push({ id, name });
    else judged.refused.push({ id, name, missing: missing.map(({ perm }) => perm) });
  }
  return judged;
}

/**
 * Let whoever has accepted an invitation join its groups, as far as its inviter, as they are now, may
 * give them: somebody who is deleted or inactive, or may not invite any more, gives none, and nobody
 * gives themselves any. What is left out is kept in the security log. Gives the names of those joined.
 * django-invitations: no counterpart
 */
export async function joinInvitedGroups(
  tx: TransactionClient,
  request: SecurityRequest,
  { invitation, user }: { invitation: Invitation; user: User },
): Promise<string[]> {
  const { id, inviterId, groups } = invitation;
  if (groups.length === 0) return [];
  const inviter = inviterId === null ? null : await lockedInviter(tx, inviterId);
  const ids = groups.map((group) => group.id);
  const isOwn = inviterId === user.id;
  const { given } = inviter && !isOwn ? await judgeGroups(tx, inviter, ids) : { given: [] };
  const joined = given.map(({ name }) => name).sort();
  const leftOut = groups.map(({ name }) => name).filter((name) => !joined.includes(name));
  await join(
    tx,
    user,
    given.map((group) => group.id),
  );
  const holder = { kind: 'user' as const, id: user.id, name: user.username };
  const detail = { invitation: id, groupsGiven: joined, groupsLeftOut: leftOut.sort() };
  await logPrivilegeChange(tx, { request, actor: inviter ?? undefined }, holder, detail);
  return joined;
}

async function lockedInviter(tx: TransactionClient, id: number): Promise<User | null> {
  await lockAccounts(tx, [id]);
  const inviter = await findUser(getUserModel(), 'id', id, tx);
  if (!inviter?.isActive) return null;
  const needed = [{ id: 0, perm: 'account.add_invitation' }];
  return (await notHeld(inviter, needed, tx)).length === 0 ? inviter : null;
}

async function join(
  tx: TransactionClient,
  { id }: Pick<User, 'id'>,
  groupIds: readonly number[],
): Promise<void> {
  if (!getUserModel().groups) return;
  const { table, user } = userGroupsTable();
  for (const groupId of groupIds) {
    await tx.$executeRaw`
      INSERT INTO ${table} (${user}, group_id) VALUES (${id}, ${groupId})
      ON CONFLICT (${user}, group_id) DO NOTHING`;
  }
}
