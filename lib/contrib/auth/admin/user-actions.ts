import type {
  ActionCall,
  ActionOutcome,
  AdminAction,
  AdminUser,
  Row,
} from '@/lib/contrib/admin/options';
import { logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { fewOf } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { people, sum } from './counted';
import { touchableAmong } from './people/user-menu';
import { reviewActive, setActive } from './rights/set-active';
import { actorOf } from './user-changes';
import { endAllSessions } from './user-sessions';

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
    review: (call) => reviewActive(call, true),
    run: (call) => setActive(call, true),
  },
  {
    name: 'deactivate',
    label: 'Deactivate',
    permission: 'change',
    review: (call) => reviewActive(call, false),
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
