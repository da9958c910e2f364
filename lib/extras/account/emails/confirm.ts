import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import { foldAddress, isTakenByOthers, primaryOf, syncPrimary } from './addresses';
import { changePrimary } from './change-primary';
import type { Former } from './letters';
import { confirmEmailToken } from './tokens';

type Own = SecurityRequest & {
  user: User;
  session: { readonly id: number | null; readonly keyHash: string | null };
};

/** What confirming has done: `former` where the account has another address now, and had one. */
export type Confirmed = { email: string; from: string | null; former: Former };

/**
 * Which address an opened link is about, if it is for this account; null when it is too old, damaged, or
 * for another one: whoever has added somebody else's address to their own account gets nothing of it.
 * OWASP ASVS 5.0 6.6.2
 */
export function addressOfLink(user: Pick<User, 'id'>, token: string): string | null {
  const content = confirmEmailToken.read(token);
  return content?.user === user.id ? content.email : null;
}

/**
 * Confirm the address of an opened link. It becomes the one of the account, whose other sessions end, if
 * it is not already. Null when the link is not for this account, when the address was confirmed or
 * removed meanwhile, and when somebody else has confirmed it: then nothing is done.
 * allauth: account/internal/flows/email_verification.py verify_email
 */
export async function confirmAddress(request: Own, token: string): Promise<Confirmed | null> {
  const email = addressOfLink(request.user, token);
  if (email === null) return null;
  try {
    return await transaction((tx) => confirmInside(tx, request, email));
  } catch (error) {
    // Of two who confirm one address at once the database lets one.
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

async function confirmInside(
  tx: TransactionClient,
  request: Own,
  email: string,
): Promise<Confirmed | null> {
  const account = (await lockAccounts(tx, [request.user.id])).get(request.user.id);
  if (!account || (await isTakenByOthers(email, account.id, tx))) return null;
  const where = { userId: account.id, email, verified: false };
  const isOwn = email === primaryOf(account);
  if (isOwn) await syncPrimary(tx, account);
  const row = await tx.emailAddress.findFirst({ where, select: { id: true } });
  if (!row) return null;
  await tx.emailAddress.update({ where: row, data: { verified: true } });
  if (isOwn) {
    await logVerified(tx, request);
    return { email, from: null, former: null };
  }
  return {
    email,
    from: account.email,
    former: await changePrimary(tx, request, { ...row, email }),
  };
}

/**
 * Note that a person reads the mail to the address of their account, which a mailed code has just shown.
 * Nothing is done where somebody else has confirmed it.
 */
export async function markVerified(request: SecurityRequest, user: User): Promise<void> {
  const email = foldAddress(user.email);
  try {
    await transaction(async (tx) => {
      if (await isTakenByOthers(email, user.id, tx)) return;
      await syncPrimary(tx, user);
      const where = { userId: user.id, email, verified: false };
      const { count } = await tx.emailAddress.updateMany({ where, data: { verified: true } });
      if (count > 0) await logVerified(tx, { ...request, user });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

function logVerified(tx: TransactionClient, request: SecurityRequest & { user: User }) {
  const { user } = request;
  const detail = { changed: ['email verified'] };
  const name = 'user_updated' as const;
  return logSecurityEvent({ name, actor: user, target: user, request, detail, tx });
}
