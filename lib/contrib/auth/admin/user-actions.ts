import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type {
  ActionCall,
  ActionOutcome,
  AdminAction,
  AdminUser,
  Row,
} from '@/lib/contrib/admin/options';
import { logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { checkUserChange, identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { fewOf } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import { db } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { touchableAmong } from './people/user-menu';
import { actorOf } from './user-changes';
import { endAllSessions, endedDetail, sessionsEnded } from './user-sessions';

/**
 * What the list of users offers to do with the ticked ones, besides deleting them.
 * Django: no counterpart; ModelAdmin.actions
 */
export const userActions: readonly AdminAction[] = [
  {
    name: 'activate',
    label: 'Activate',
    permission: 'change',
    isGrant: true,
    run: (call) => setActive(call, true),
  },
  {
    name: 'deactivate',
    label: 'Deactivate',
    permission: 'change',
    run: (call) => setActive(call, false),
  },
  {
    name: 'end_sessions',
    label: 'End all sessions',
    permission: 'change',
    onObject: hasSessionsToEnd,
    run: endSessions,
  },
];

async function hasSessionsToEnd(row: Row & { id: number }, viewer: AdminUser): Promise<boolean> {
  const isOwn = row.id === viewer.id;
  if (!isOwn && !(await touchableAmong([row], viewer)).has(row.id)) return false;
  return (await db.session.findFirst({ where: { userId: row.id } })) !== null;
}

async function setActive(call: ActionCall, isActive: boolean): Promise<ActionOutcome> {
  const { request, ids, tx } = call;
  const accounts = await lockAccounts(tx, ids);
  const meant = ids.flatMap((id) => accounts.get(id) ?? []);
  const asked = meant.filter((each) => each.isActive !== isActive);
  const untouchable = await identityRefusals(request.user, asked, { client: tx, act: 'changes' });
  const refusals: string[] = [];
  const changed: Account[] = [];
  for (const account of asked) {
    const isOwn = account.id === request.user.id;
    const refusal = isOwn
      ? 'Your own account was left as it is.'
      : (untouchable.get(account.id) ?? (await ruleAgainst(call, account, { isActive })));
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
  const ended = await endAllSessions(
    tx,
    changed.map(({ id }) => id),
  );
  await logChanges(call, changed, { isActive, ended });
  const done = `${isActive ? 'Activated' : 'Deactivated'} ${people(changed.length)}.`;
  const rest = meant.length - changed.length - refusals.length;
  const before = rest > 0 ? ` ${people(rest)} already ${rest === 1 ? 'was' : 'were'}.` : '';
  const total = sum(ended.values());
  const over = total > 0 ? [`${sessionsEnded(total)}.`] : [];
  const text = [`${done}${before}`, ...over, ...fewOf(refusals)].join(' ');
  return { level: refusals.length > 0 ? 'warning' : 'success', text };
}

// Of who is no superuser, whose account may be touched, nothing else is asked.
async function ruleAgainst(
  { request, tx }: ActionCall,
  account: Account,
  next: { isActive: boolean },
): Promise<string | null> {
  if (!account.isSuperuser) return null;
  const errors = await checkUserChange(tx, request.user, account, next);
  return Object.values(errors).flat()[0] ?? null;
}

async function write({ tx }: ActionCall, accounts: readonly Account[], isActive: boolean) {
  for (const chunk of chunksOf(accounts)) {
    const where = { id: { in: chunk.map(({ id }) => id) } };
    await updateSqlRows(tx, getUserModel(), where, { isActive });
  }
}

async function logChanges(
  { request, tx }: ActionCall,
  accounts: Account[],
  { isActive, ended }: { isActive: boolean; ended: ReadonlyMap<number, number> },
) {
  const messages = [{ changed: { fields: ['Active'] } }];
  const entries = accounts.map(({ id, username }) => ({
    flag: ACTION_FLAGS.change,
    object: { id, repr: username },
    messages,
  }));
  for (const chunk of chunksOf(entries)) {
    await logActions(tx, request.user, modelMeta(userModelKey()), chunk);
  }
  const actor = actorOf(request);
  await logSecurityEvents(
    accounts.map(({ id, username }) => ({
      name: 'privilege_permissions_changed' as const,
      actor,
      target: { id, username },
      request,
      detail: { changed: ['isActive'], isActive, ...endedDetail(ended.get(id)) },
    })),
    tx,
  );
}

async function endSessions(call: ActionCall): Promise<ActionOutcome> {
  const { request, ids, tx } = call;
  const accounts = await lockAccounts(tx, ids);
  const asked = ids.flatMap((id) => accounts.get(id) ?? []);
  const act = 'ends a session of';
  const untouchable = await identityRefusals(request.user, asked, { client: tx, act });
  const refusals = new Set(untouchable.values());
  const meant = asked.filter(({ id }) => !untouchable.has(id));
  const counts = await endAllSessions(
    tx,
    meant.map(({ id }) => id),
    request.session.id,
  );
  const total = sum(counts.values());
  await logEnded(call, meant, counts);
  const sessions = total === 1 ? '1 session' : `${total.toLocaleString('en')} sessions`;
  const done =
    total === 0 ? 'There was no session to end.' : `Ended ${sessions} of ${people(counts.size)}.`;
  const own = ids.includes(request.user.id) ? ['The session you are in goes on.'] : [];
  return {
    level: refusals.size > 0 ? 'warning' : 'success',
    text: [done, ...own, ...fewOf([...refusals])].join(' '),
  };
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

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

function people(count: number): string {
  return count === 1 ? '1 user' : `${count.toLocaleString('en')} users`;
}
