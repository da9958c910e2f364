import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { usersByEmail } from '@/lib/contrib/auth/users/user-rows';
import type { TransactionClient } from '@/lib/db/client';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { writeEmail } from '@/lib/extras/account/emails/change-primary';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';

/** Whose account had an address that it had not verified. */
export type Displaced = { readonly id: number; readonly username: string; readonly email: string };

/**
 * Take a verified address from those who have it without having verified it: whoever registered with
 * somebody else's address must not be found there by it, nor be sent what is meant for its owner. Gives
 * whose it was; null where people sign in with their address and somebody does with this one.
 * allauth: account/internal/flows/manage_email.py (there the password of such an account is wiped)
 */
export async function takeAddress(
  tx: TransactionClient,
  request: SecurityRequest,
  { email, isEmailVerified, provider }: Identity,
): Promise<Displaced[] | null> {
  if (email === '' || !isEmailVerified) return [];
  const model = getUserModel();
  const where = { email: foldAddress(email), verified: false };
  const rows = await tx.emailAddress.findMany({ where, select: { id: true, userId: true } });
  const bearers = (await usersByEmail(model, email, tx)).map(({ id }) => id);
  if (bearers.length > 0 && model.USERNAME_FIELD === model.EMAIL_FIELD) return null;
  const ids = [...new Set([...bearers, ...rows.map(({ userId }) => userId)])];
  if (ids.length === 0) return [];
  const accounts = await lockAccounts(tx, ids);
  await deleteCascading(
    tx,
    'EmailAddress',
    rows.map(({ id }) => id),
  );
  const displaced: Displaced[] = [];
  for (const id of ids) {
    const account = accounts.get(id);
    if (!account) continue;
    if (bearers.includes(id)) await writeEmail(tx, id, '');
    displaced.push({ id, username: account.username, email });
    const detail = { changed: ['email'], reason: 'verified by another', provider };
    await logSecurityEvent({ name: 'user_updated', target: account, request, detail, tx });
  }
  return displaced;
}
