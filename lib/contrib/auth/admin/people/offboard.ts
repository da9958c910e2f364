import { keptMoves } from '@/lib/contrib/admin/kept/kept-changes';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { AdminRequest, AdminUser } from '@/lib/contrib/admin/options';
import { endBelongings } from '@/lib/contrib/auth/account/offboarding';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { endAllSessions, endedDetail } from '@/lib/contrib/auth/admin/user-sessions';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import {
  checkUserChange,
  identityRefusals,
  type Touched,
} from '@/lib/contrib/auth/permissions/account-rules';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { type DbClient, db, type TransactionClient, transaction } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';

/** What came of letting somebody go: how many of what ended, by the names of the security log. */
export type Offboarded =
  | { kind: 'done'; username: string; ended: Readonly<Record<string, number>> }
  | { kind: 'refused'; text: string }
  | { kind: 'gone' };

/**
 * Let somebody go: their account goes to sleep, their sessions and whatever apps say ends with it end for
 * good, with the entries in history and security log, all in one transaction. Memberships and what they
 * own stay; waking the account again undoes it, but for what has ended. Refused, with nothing done, as a
 * change of the account would be.
 * Django: no counterpart; there one takes the tick from `is_active`
 */
export function offboardUser(request: AdminRequest, id: number, reason = ''): Promise<Offboarded> {
  return transaction(async (tx) => {
    const account = (await lockAccounts(tx, [id])).get(id);
    if (!account) return { kind: 'gone' };
    const text = await refusalOf(tx, request, account);
    if (text !== null) return { kind: 'refused', text };
    const { username } = account;
    const actor = actorOf(request);
    await updateSqlRows(tx, getUserModel(), { id }, { isActive: false });
    const sessions = (await endAllSessions(tx, [id])).get(id);
    const others = await endBelongings(tx, { user: { id, username }, actor, request });
    const ended = { ...endedDetail(sessions), ...others };
    await logActions(tx, request.user, modelMeta(userModelKey()), [
      {
        flag: ACTION_FLAGS.change,
        object: { id, repr: username },
        messages: [{ changed: { fields: ['Active'] } }, ...keptMoves({ is_active: ['on', ''] })],
      },
    ]);
    await logSecurityEvent({
      name: 'privilege_permissions_changed',
      actor,
      target: { id, username },
      request,
      detail: {
        changed: ['isActive'],
        isActive: false,
        act: 'offboarded',
        ...ended,
        ...(reason !== '' && { reason }),
      },
      tx,
    });
    return { kind: 'done', username, ended };
  });
}

/**
 * Why somebody may not let a person go, or wake them again, whatever becomes of the rules of accounts;
 * null if they may.
 */
export async function offboardRefusal(
  actor: AdminUser,
  target: Touched,
  client: DbClient = db,
): Promise<string | null> {
  if (target.id === actor.id) return 'Nobody lets themselves go: ask somebody else.';
  const refused = await identityRefusals(actor, [target], { client, act: 'changes' });
  return refused.get(target.id) ?? null;
}

async function refusalOf(
  tx: TransactionClient,
  { user }: AdminRequest,
  account: Account,
): Promise<string | null> {
  const untouchable = await offboardRefusal(user, account, tx);
  if (untouchable !== null) return untouchable;
  if (!account.isActive) return `${account.username} is inactive already.`;
  const errors = await checkUserChange(tx, user, account, { isActive: false });
  return Object.values(errors).flat()[0] ?? null;
}
