import { keptMoves } from '@/lib/contrib/admin/kept/kept-changes';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions, reasonMessages } from '@/lib/contrib/admin/models';
import type { ActionCall, ActionOutcome } from '@/lib/contrib/admin/options';
import { people, sum } from '@/lib/contrib/auth/admin/counted';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { endAllSessions, endedDetail, sessionsEnded } from '@/lib/contrib/auth/admin/user-sessions';
import { withReason } from '@/lib/contrib/auth/events/privilege-events';
import { logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals, userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { type RightsReview, reviewRights } from '@/lib/contrib/auth/rights/review';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { fewOf } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { countSessions } from './reviews';

/** Whose account is woken or put to sleep, who is so already, and why others are left as they are. */
type Plan = { changed: Account[]; refusals: { name: string; text: string }[]; already: number };

/**
 * What waking these accounts, or putting them to sleep, does to people; null where none is changed.
 * Django: no counterpart
 */
export async function reviewActive(
  call: ActionCall,
  isActive: boolean,
): Promise<RightsReview | null> {
  const { tx, request } = call;
  const { changed, refusals } = await planActive(call, isActive);
  if (changed.length === 0) return null;
  const holders = changed.map(({ id, username }) => ({
    kind: 'user' as const,
    id,
    name: username,
    given: [],
    taken: [],
    status: { isActive },
  }));
  const ids = changed.map(({ id }) => id);
  return reviewRights(tx, request.user, holders, {
    refusals: refusals.map(({ name, text }) => ({ name, texts: [text] })),
    sessions: await countSessions(tx, ids),
  });
}

/** Wake accounts or put them to sleep, but for those that a rule protects; their sessions end. */
export async function setActive(call: ActionCall, isActive: boolean): Promise<ActionOutcome> {
  const { changed, refusals, already } = await planActive(call, isActive);
  await write(call.tx, changed, isActive);
  const ids = changed.map(({ id }) => id);
  const ended = await endAllSessions(call.tx, ids);
  await logChanges(call, changed, { isActive, ended });
  const done = `${isActive ? 'Activated' : 'Deactivated'} ${people(changed.length)}.`;
  const before =
    already > 0 ? ` ${people(already)} already ${already === 1 ? 'was' : 'were'}.` : '';
  const total = sum(ended.values());
  const over = total > 0 ? [`${sessionsEnded(total)}.`] : [];
  const texts = refusals.map(({ text }) => text);
  const text = [`${done}${before}`, ...over, ...fewOf(texts)].join(' ');
  return {
    level: refusals.length > 0 ? 'warning' : 'success',
    text,
    deed:
      changed.length > 0
        ? { kind: 'action', inverse: isActive ? 'deactivate' : 'activate', ids }
        : null,
  };
}

async function planActive({ request, ids, tx }: ActionCall, isActive: boolean): Promise<Plan> {
  const accounts = await lockAccounts(tx, ids);
  const meant = ids.flatMap((id) => accounts.get(id) ?? []);
  const asked = meant.filter((each) => each.isActive !== isActive);
  const untouchable = await identityRefusals(request.user, asked, { client: tx, act: 'changes' });
  const refusals: Plan['refusals'] = [];
  const changed: Account[] = [];
  // The rules count who is left, so one superuser is changed here before the next is judged.
  const then = new Map(accounts);
  for (const account of asked) {
    const ruleAgainst = async () => {
      if (!account.isSuperuser) return null;
      const change = { accounts: then, before: account, next: { isActive } };
      const errors = await userChangeErrors(tx, request.user, change);
      return Object.values(errors).flat()[0] ?? null;
    };
    const isOwn = account.id === request.user.id;
    const text = isOwn
      ? 'Your own account was left as it is.'
      : (untouchable.get(account.id) ?? (await ruleAgainst()));
    if (text !== null) refusals.push({ name: account.username, text });
    else {
      changed.push(account);
      then.set(account.id, { ...account, isActive });
    }
  }
  return { changed, refusals, already: meant.length - asked.length };
}

async function write(tx: TransactionClient, accounts: readonly Account[], isActive: boolean) {
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
  const messages = [
    { changed: { fields: ['Active'] } },
    ...reasonMessages(request),
    ...keptMoves({ is_active: isActive ? ['', 'on'] : ['on', ''] }),
  ];
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
      detail: withReason(
        { changed: ['isActive'], isActive, ...endedDetail(ended.get(id)) },
        request,
      ),
    })),
    tx,
  );
}
