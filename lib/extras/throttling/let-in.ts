import { extendAdmin } from '@/lib/contrib/admin/additions';
import type {
  ActionCall,
  ActionOutcome,
  AdminAction,
  AdminUser,
} from '@/lib/contrib/admin/options';
import { touchableAmong } from '@/lib/contrib/auth/admin/people/user-menu';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { fewOf } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import { db, type TransactionClient } from '@/lib/db/client';
import { countersOf, keysOfPerson } from './list';

/** What it takes beside changing users: the waits are deleted. */
const PERMISSION = 'security.delete_throttle';

// Of one statement; each has a range of its own.
const MOST_KEYS = 50;

type Row = { id: number; [field: string]: unknown };

/**
 * Let people try again at once who have to wait after failed tries, by who they are and not by a hash.
 * Django: no counterpart; django-axes: axes_reset_username
 */
const letInAction: AdminAction = {
  name: 'let_in',
  label: 'Let in again',
  permission: 'change',
  mayTake: (user) => user.hasPerm(PERMISSION),
  onObject: hasToWait,
  run: letIn,
};

export const userAdditions = extendAdmin('auth.user', { actions: [letInAction] });

async function hasToWait(row: Row, viewer: AdminUser): Promise<false | 'urgent'> {
  const isOwn = row.id === viewer.id;
  if (!isOwn && !(await touchableAmong([row], viewer)).has(row.id)) return false;
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const person = {
    id: row.id,
    username: String(row[USERNAME_FIELD]),
    email: String(row[EMAIL_FIELD] ?? ''),
  };
  const where = { ...countersOf(keysOfPerson(person)), blockedUntil: { gt: new Date() } };
  const waits = await db.throttle.findFirst({ where, select: { id: true } });
  return waits === null ? false : 'urgent';
}

async function letIn({ request, ids, tx }: ActionCall): Promise<ActionOutcome> {
  const accounts = await lockAccounts(tx, ids);
  const asked = ids.flatMap((id) => accounts.get(id) ?? []);
  const act = 'lifts a wait of' as const;
  const refused = await identityRefusals(request.user, asked, { client: tx, act });
  const meant = asked.filter(({ id }) => !refused.has(id));
  await lift(tx, meant);
  const actor = actorOf(request);
  await logSecurityEvents(
    meant.map(({ id, username }) => ({
      name: 'authz_admin' as const,
      actor,
      target: { id, username },
      request,
      detail: { reason: 'waits lifted' },
    })),
    tx,
  );
  const [only] = meant;
  const who = meant.length === 1 && only ? only.username : `${meant.length} users`;
  return {
    level: refused.size > 0 ? 'warning' : 'success',
    text: [`${who} may try again at once.`, ...fewOf(refused.values())].join(' '),
  };
}

async function lift(tx: TransactionClient, accounts: readonly Account[]): Promise<void> {
  const keys = accounts.flatMap((account) => keysOfPerson(account));
  for (const chunk of chunksOf(keys, MOST_KEYS)) {
    await tx.throttle.deleteMany({ where: countersOf(chunk) });
  }
}
