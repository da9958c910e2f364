import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { endSessionsOf } from '@/lib/contrib/sessions/store';
import type { TransactionClient } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { syncPrimary } from './addresses';
import type { Former } from './letters';
import { changedLately, noteChange } from './recent-change';

type Own = SecurityRequest & { user: User; session: { readonly id: number | null } };

/**
 * Let an account have another address, one of its own that is confirmed: in the user's row, so that reset
 * links die, in this table, and in the security log; its other sessions end. `id` is its row's where it
 * has just been confirmed, and 0 for an older one, which an undoing leaves. Gives what the former
 * address is to be told.
 * allauth: EmailAddress.set_as_primary, account/internal/flows/email_verification.py
 */
export async function changePrimary(
  tx: TransactionClient,
  request: Own,
  { id, email }: { id: number; email: string },
): Promise<Former> {
  const { user, session } = request;
  const former = await formerOf(tx, user, id);
  await noteChange(tx, user.id);
  await writeEmail(tx, user.id, email);
  await syncPrimary(tx, { id: user.id, email });
  const count = await endSessionsOf(tx, [user.id], session.id);
  const detail = { changed: ['email'], sessionsEnded: count };
  await logSecurityEvent({
    name: 'user_updated',
    actor: user,
    target: user,
    request,
    detail,
    tx,
  });
  return former;
}

/**
 * The address that an account has, as its way back: null for none, and for one that is too new for it.
 * `added` is the id of the row that an undoing removes with those after it; 0 for none so far.
 */
export async function formerOf(
  tx: TransactionClient,
  { id, email }: Pick<User, 'id' | 'email'>,
  added = 0,
): Promise<Former> {
  if (email === '' || (await changedLately(id, tx))) return null;
  if (added > 0) return { email, since: added - 1 };
  const { _max } = await tx.emailAddress.aggregate({ where: { userId: id }, _max: { id: true } });
  return { email, since: _max.id ?? 0 };
}

/** Write the address into the user's row, whatever the model calls it. */
export async function writeEmail(
  tx: TransactionClient,
  userId: number,
  email: string,
): Promise<void> {
  const model = getUserModel();
  await updateSqlRows(tx, model, { id: userId }, { [model.EMAIL_FIELD]: email });
}
