import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { endSessionsOf } from '@/lib/contrib/sessions/store';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';
import { foldAddress, isTakenByOthers, syncPrimary } from './addresses';
import { writeEmail } from './change-primary';
import { forgetChange, UNDO_AGE } from './recent-change';
import { undoEmailToken } from './tokens';

/** Whose address was put back, and the one that was in its place; '' for none. */
export type Undone = { user: User; email: string; replaced: string };

/** Whose address an opened link puts back; null when it is too old, damaged, or its account is gone. */
export async function accountOfUndo(token: string): Promise<{ user: User; email: string } | null> {
  const content = undoEmailToken.read(token);
  const user = content && (await findUser(getUserModel(), 'id', content.user));
  return user && { user, email: content.email };
}

/**
 * Put the former address of an account back, confirmed, since its owner has the link; what was added
 * after the link was sent goes, and every session ends. Null, with nothing done, when the link is used
 * or worth nothing, or somebody else has the address by now.
 * allauth: no counterpart
 */
export async function undoEmailChange(
  request: SecurityRequest,
  token: string,
): Promise<Undone | null> {
  const opened = await accountOfUndo(token);
  if (!opened) return null;
  try {
    return await transaction((tx) => undoInside(tx, request, { ...opened, token }));
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

async function undoInside(
  tx: TransactionClient,
  request: SecurityRequest,
  { user, email, token }: { user: User; email: string; token: string },
): Promise<Undone | null> {
  const userId = user.id;
  const account = (await lockAccounts(tx, [userId])).get(userId);
  const since = undoEmailToken.read(token)?.since;
  if (!account || since === undefined) return null;
  if (await isTakenByOthers(email, userId, tx)) return null;
  const expires = new Date(Date.now() + UNDO_AGE * 1000);
  if (!(await takeOnce('undo_email', token, expires, tx))) return null;
  const folded = foldAddress(email);
  const added = await tx.emailAddress.findMany({
    where: { userId, id: { gt: since }, email: { not: folded } },
    select: { id: true },
  });
  await deleteCascading(
    tx,
    'EmailAddress',
    added.map(({ id }) => id),
  );
  await writeEmail(tx, userId, email);
  await syncPrimary(tx, { id: userId, email });
  await tx.emailAddress.updateMany({
    where: { userId, email: folded },
    data: { verified: true },
  });
  await forgetChange(tx, userId);
  const count = await endSessionsOf(tx, [userId]);
  const detail = {
    changed: ['email'],
    reason: 'undone by the former address',
    sessionsEnded: count,
  };
  await logSecurityEvent({ name: 'user_updated', target: user, request, detail, tx });
  return { user, email, replaced: account.email === email ? '' : account.email };
}
