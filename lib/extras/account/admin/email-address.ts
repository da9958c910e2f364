import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { ownerRefusals } from '@/lib/contrib/auth/permissions/owner-refusals';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

/**
 * Everybody's addresses, to be read: they are added and confirmed by who reads their mail. One that is
 * deleted is confirmed no more.
 * allauth: account/admin.py EmailAddressAdmin
 */
export const emailAddressAdmin = defineAdmin('account.emailaddress', {
  rail: { section: 'People', order: 30 },
  str: ({ email }) => email,
  listDisplay: ['email', 'user', 'primary', 'verified'],
  listFilter: ['primary', 'verified'],
  get searchFields() {
    return ['email', `user__${getUserModel().USERNAME_FIELD}`];
  },
  ordering: ['email'],
  fieldsets: [{ title: null, fields: ['email', 'user', 'primary', 'verified'] }],
  autocompleteFields: ['user'],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  cleanDelete: checkAddressesGo,
  deleting: logGone,
});

// Whose account somebody may not touch, their proofs they may not take either.
async function checkAddressesGo(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const userIds = (await ownersOfRows(tx, ids)).map(({ userId }) => userId);
  return ownerRefusals(tx, actor, { userIds, act: 'changes' });
}

async function logGone(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  const owners = new Set((await ownersOfRows(tx, ids)).map(({ userId }) => userId));
  const accounts = await lockAccounts(tx, [...owners]);
  const actor = actorOf(request);
  for (const id of owners) {
    const target = accounts.get(id);
    if (!target) continue;
    const detail = { kind: 'email address' };
    await logSecurityEvent({ name: 'authn_token_revoked', actor, target, request, detail, tx });
  }
}

async function ownersOfRows(tx: TransactionClient, ids: readonly number[]) {
  const found: { userId: number }[] = [];
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    found.push(...(await tx.emailAddress.findMany({ where, select: { userId: true } })));
  }
  return found;
}
