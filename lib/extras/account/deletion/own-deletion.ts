import { settings } from '@/lib/conf/settings';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { checkUserChange } from '@/lib/contrib/auth/permissions/account-rules';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { graphNameOf } from '@/lib/contrib/auth/users/model-graph';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { endSessions } from '@/lib/contrib/sessions/store';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isForeignKeyViolation } from '@/lib/db/errors';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { checkUserDeletion } from '@/lib/extras/grant-rules/deletion-rules';

/** What became of it: gone, closed until `due`, or refused, in sentences. */
export type Deleted =
  | { kind: 'deleted' }
  | { kind: 'closed'; requested: Date; due: Date }
  | { kind: 'refused'; reasons: string[] };

/**
 * Delete the account of whoever asks, with all that any app keeps of them, in one transaction; with
 * ACCOUNT_DELETION_GRACE close it now and have it deleted later, by `manage clearaccounts`. Nothing is
 * done to the last active superuser. Whether they mean it, the caller has asked.
 * GDPR, article 17; allauth: no counterpart
 */
export async function deleteOwnAccount(
  request: SecurityRequest & { user: User },
  now = new Date(),
): Promise<Deleted> {
  try {
    return await transaction((tx) => deleteInside(tx, request, now));
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    const reason = 'Another application still needs your account. Ask the people who run the site.';
    return { kind: 'refused', reasons: [reason] };
  }
}

async function deleteInside(
  tx: TransactionClient,
  request: SecurityRequest & { user: User },
  now: Date,
): Promise<Deleted> {
  const { user } = request;
  const grace = settings.ACCOUNT_DELETION_GRACE;
  const reasons = await checkUserDeletion(tx, user, [user.id]);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  if (grace > 0) return close(tx, request, { now, grace });
  await logDeleted(tx, user, request);
  await deleteCascading(tx, graphNameOf(getUserModel()), [user.id]);
  return { kind: 'deleted' };
}

async function close(
  tx: TransactionClient,
  request: SecurityRequest & { user: User },
  { now, grace }: { now: Date; grace: number },
): Promise<Deleted> {
  const { user } = request;
  const reasons = Object.values(await checkUserChange(tx, user, user, { isActive: false })).flat();
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const due = new Date(now.getTime() + grace * 1000);
  await updateSqlRows(tx, getUserModel(), { id: user.id }, { isActive: false });
  await endSessions(tx, { userId: user.id });
  await tx.accountDeletion.deleteMany({ where: { userId: user.id } });
  await tx.accountDeletion.create({ data: { userId: user.id, requested: now, due } });
  const detail = { due: due.toISOString() };
  const name = 'user_archived' as const;
  await logSecurityEvent({ name, actor: user, target: user, request, detail, tx });
  return { kind: 'closed', requested: now, due };
}

/** Keep in the security log that somebody has deleted their account. */
export async function logDeleted(
  tx: TransactionClient,
  user: User,
  request?: SecurityRequest,
): Promise<void> {
  const detail = { reason: 'asked by its owner' };
  const who = request && { request, actor: user };
  await logSecurityEvent({ name: 'user_deleted', ...who, target: user, detail, tx });
}
