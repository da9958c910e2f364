import { modelMeta } from '@/lib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/admin/models';
import type { ActionCall, ActionOutcome, AdminAction } from '@/lib/admin/options';
import { chunksOf } from '@/lib/admin/rows';
import { checkUserChange } from '@/lib/auth/privileges';
import { logSecurityEvent } from '@/lib/auth/security-log';
import { type Account, lockAccounts } from '@/lib/auth/superusers';
import { endOtherSessions } from '@/lib/sessions/devices';
import { actorOf } from './user-changes';

/**
 * What the list of users offers to do with the ticked ones, besides deleting them.
 * Django: no counterpart; ModelAdmin.actions
 */
export const userActions: readonly AdminAction[] = [
  {
    name: 'activate',
    label: 'Activate',
    permission: 'change',
    run: (call) => setActive(call, true),
  },
  {
    name: 'deactivate',
    label: 'Deactivate',
    permission: 'change',
    run: (call) => setActive(call, false),
  },
  { name: 'end_sessions', label: 'End all sessions', permission: 'change', run: endSessions },
];

async function setActive(call: ActionCall, isActive: boolean): Promise<ActionOutcome> {
  const { request, ids, tx } = call;
  const accounts = await lockAccounts(tx, ids);
  const meant = ids.flatMap((id) => accounts.get(id) ?? []);
  const refusals: string[] = [];
  const changed: Account[] = [];
  for (const account of meant.filter((each) => each.isActive !== isActive)) {
    const isOwn = account.id === request.user.id;
    const refusal = isOwn
      ? 'Your own account was left as it is.'
      : await refusalOf(call, account, { isActive });
    if (refusal !== null) {
      refusals.push(refusal);
      continue;
    }
    // The rules count who is left, so one superuser is written before the next is judged.
    if (account.isSuperuser) await write(call, [account], isActive);
    changed.push(account);
  }
  const ordinary = changed.filter(({ isSuperuser }) => !isSuperuser);
  await write(call, ordinary, isActive);
  await logChanges(call, changed, isActive);
  const done = `${isActive ? 'Activated' : 'Deactivated'} ${people(changed.length)}.`;
  const rest = meant.length - changed.length - refusals.length;
  const before = rest > 0 ? ` ${people(rest)} already ${rest === 1 ? 'was' : 'were'}.` : '';
  const text = [`${done}${before}`, ...new Set(refusals)].join(' ');
  return { level: refusals.length > 0 ? 'warning' : 'success', text };
}

// The rules about privileges have nothing against such a change of who is no superuser.
async function refusalOf(
  { request, tx }: ActionCall,
  account: Account,
  next: { isActive?: boolean },
): Promise<string | null> {
  if (!account.isSuperuser) return null;
  const errors = await checkUserChange(tx, request.user, account, next);
  return Object.values(errors).flat()[0] ?? null;
}

async function write({ tx }: ActionCall, accounts: readonly Account[], isActive: boolean) {
  for (const chunk of chunksOf(accounts)) {
    const where = { id: { in: chunk.map(({ id }) => id) } };
    await tx.user.updateMany({ where, data: { isActive } });
  }
}

async function logChanges({ request, tx }: ActionCall, accounts: Account[], isActive: boolean) {
  const messages = [{ changed: { fields: ['Active'] } }];
  const entries = accounts.map(({ id, username }) => ({
    flag: ACTION_FLAGS.change,
    object: { id, repr: username },
    messages,
  }));
  for (const chunk of chunksOf(entries)) {
    await logActions(tx, request.user, modelMeta('auth.user'), chunk);
  }
  for (const { id, username } of accounts) {
    await logSecurityEvent({
      name: 'privilege_permissions_changed',
      actor: actorOf(request),
      target: { id, username },
      request,
      detail: { changed: ['isActive'], isActive },
      tx,
    });
  }
}

async function endSessions(call: ActionCall): Promise<ActionOutcome> {
  const { request, ids, tx } = call;
  const accounts = await lockAccounts(tx, ids);
  const meant: Account[] = [];
  const refusals = new Set<string>();
  for (const account of ids.flatMap((id) => accounts.get(id) ?? [])) {
    const refusal = await refusalOf(call, account, {});
    if (refusal === null) meant.push(account);
    else refusals.add(refusal);
  }
  let total = 0;
  let owners = 0;
  for (const { id, username } of meant) {
    const count = await endSessionsOf(call, { id, username });
    total += count;
    owners += count > 0 ? 1 : 0;
  }
  const sessions = total === 1 ? '1 session' : `${total.toLocaleString('en')} sessions`;
  const done =
    total === 0 ? 'There was no session to end.' : `Ended ${sessions} of ${people(owners)}.`;
  const own = ids.includes(request.user.id) ? ['The session you are in goes on.'] : [];
  return {
    level: refusals.size > 0 ? 'warning' : 'success',
    text: [done, ...own, ...refusals].join(' '),
  };
}

async function endSessionsOf(
  { request, tx }: ActionCall,
  target: { id: number; username: string },
): Promise<number> {
  const kept = target.id === request.user.id ? request.session.id : null;
  const count = await endOtherSessions(target.id, kept, tx);
  if (count === 0) return 0;
  await logSecurityEvent({
    name: 'session_expired',
    actor: actorOf(request),
    target,
    request,
    detail: { reason: 'ended in the admin', sessionsEnded: count },
    tx,
  });
  return count;
}

function people(count: number): string {
  return count === 1 ? '1 user' : `${count.toLocaleString('en')} users`;
}
