import { modelMeta } from '@/lib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/admin/models';
import type { ActionCall, ActionOutcome, AdminAction } from '@/lib/admin/options';
import { chunksOf } from '@/lib/admin/rows';
import { checkUserChange } from '@/lib/auth/privileges';
import { logSecurityEvents } from '@/lib/auth/security-log';
import { type Account, lockAccounts } from '@/lib/auth/superusers';
import { actorOf } from './user-changes';

// Prisma splits long lists of ids, but not those of a groupBy: on SQLite it refuses them.
const MOST_GROUPED = 500;

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
  const actor = actorOf(request);
  const detail = { changed: ['isActive'], isActive };
  await logSecurityEvents(
    accounts.map(({ id, username }) => ({
      name: 'privilege_permissions_changed' as const,
      actor,
      target: { id, username },
      request,
      detail,
    })),
    tx,
  );
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
  const counts = await countAndEnd(call, meant);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  await logEnded(call, meant, counts);
  const sessions = total === 1 ? '1 session' : `${total.toLocaleString('en')} sessions`;
  const done =
    total === 0 ? 'There was no session to end.' : `Ended ${sessions} of ${people(counts.size)}.`;
  const own = ids.includes(request.user.id) ? ['The session you are in goes on.'] : [];
  return {
    level: refusals.size > 0 ? 'warning' : 'success',
    text: [done, ...own, ...refusals].join(' '),
  };
}

// How many sessions each of them had, by id of the user; whoever asks keeps the one they are in.
async function countAndEnd({ request, tx }: ActionCall, accounts: readonly Account[]) {
  const counts = new Map<number, number>();
  const kept = request.session.id === null ? {} : { id: { not: request.session.id } };
  for (const chunk of chunksOf(accounts, MOST_GROUPED)) {
    const where = { userId: { in: chunk.map(({ id }) => id) }, ...kept };
    const found = await tx.session.groupBy({ by: ['userId'], where, _count: { id: true } });
    for (const { userId, _count } of found) counts.set(userId ?? 0, _count.id);
    await tx.session.deleteMany({ where });
  }
  return counts;
}

async function logEnded(
  { request, tx }: ActionCall,
  accounts: readonly Account[],
  counts: ReadonlyMap<number, number>,
) {
  const actor = actorOf(request);
  const ended = accounts.flatMap(({ id, username }) => {
    const sessionsEnded = counts.get(id);
    if (sessionsEnded === undefined) return [];
    const detail = { reason: 'ended in the admin', sessionsEnded };
    return [{ name: 'session_expired' as const, actor, target: { id, username }, request, detail }];
  });
  await logSecurityEvents(ended, tx);
}

function people(count: number): string {
  return count === 1 ? '1 user' : `${count.toLocaleString('en')} users`;
}
