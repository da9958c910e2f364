import { brought } from '@/lib/apps/registry';
import { keptMoves } from '@/lib/contrib/admin/kept/kept-changes';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions, reasonMessages } from '@/lib/contrib/admin/models';
import { movedMessages } from '@/lib/contrib/admin/moved-messages';
import type { ActionCall, ActionOutcome, AdminAction } from '@/lib/contrib/admin/options';
import { people } from '@/lib/contrib/auth/admin/counted';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logPrivilegeChanges } from '@/lib/contrib/auth/events/privilege-events';
import { type Lookup, userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import {
  type GroupPermissions,
  loadGroupPermissions,
} from '@/lib/contrib/auth/permissions/group-permissions';
import { type RightsReview, reviewRights } from '@/lib/contrib/auth/rights/review';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { userGroupsTable } from '@/lib/contrib/auth/users/user-table';
import { fewOf, visibleText } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import { db, Prisma, type TransactionClient } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Hears, in the transaction, of people who were put into a group or taken out of it by hand. */
    readonly membershipsMoved?: readonly ((
      tx: TransactionClient,
      moved: { userIds: readonly number[]; groupId: number },
    ) => Promise<void>)[];
  }
}

const asks: NonNullable<AdminAction['asks']> = {
  label: 'Group',
  choices: async () => {
    const groups = await db.group.findMany({ select: { id: true, name: true } });
    return groups
      .map(({ id, name }) => [id, visibleText(name)] as const)
      .sort(([, one], [, other]) => one.localeCompare(other, 'en'));
  },
};

/**
 * Put the ticked users into a group, or take them out of it.
 * Django: no counterpart; User.groups
 */
export const membershipActions: readonly AdminAction[] = [
  {
    name: 'add_to_group',
    label: 'Add to group',
    permission: 'change',
    isGrant: true,
    asks,
    review: (call) => reviewMembership(call, true),
    run: (call) => moveMembership(call, true),
  },
  {
    name: 'remove_from_group',
    label: 'Remove from group',
    permission: 'change',
    asks,
    review: (call) => reviewMembership(call, false),
    run: (call) => moveMembership(call, false),
  },
];

/** Who joins or leaves, who does so already, and why others are left as they are. */
type Plan = {
  group: GroupPermissions;
  changed: Account[];
  refusals: { name: string; text: string }[];
  already: number;
};

async function reviewMembership(call: ActionCall, joins: boolean): Promise<RightsReview | null> {
  const plan = await planMembership(call, joins);
  if (!plan || plan.changed.length === 0) return null;
  const holders = plan.changed.map(({ id, username }) => ({
    kind: 'user' as const,
    id,
    name: username,
    given: [],
    taken: [],
    ...(joins ? { joined: [plan.group] } : { left: [plan.group] }),
  }));
  const refusals = plan.refusals.map(({ name, text }) => ({ name, texts: [text] }));
  return reviewRights(call.tx, call.request.user, holders, { refusals });
}

async function moveMembership(call: ActionCall, joins: boolean): Promise<ActionOutcome> {
  const { tx } = call;
  const plan = await planMembership(call, joins);
  if (!plan) return { level: 'error', text: 'That group is gone. Nothing has been changed.' };
  const { group, changed, refusals, already } = plan;
  const ids = changed.map(({ id }) => id);
  for (const chunk of chunksOf(ids)) await write(tx, chunk, group.id, joins);
  for (const tell of brought('membershipsMoved')) {
    await tell(tx, { userIds: ids, groupId: group.id });
  }
  await logMoves(call, plan, joins);
  const name = visibleText(group.name);
  const done = joins
    ? `Added ${people(changed.length)} to ${name}.`
    : `Removed ${people(changed.length)} from ${name}.`;
  const rest = joins ? 'in it already' : 'not in it';
  const before =
    already > 0 ? [`${people(already)} ${already === 1 ? 'was' : 'were'} ${rest}.`] : [];
  const texts = fewOf(refusals.map(({ text }) => text));
  return {
    level: refusals.length > 0 ? 'warning' : 'success',
    text: [done, ...before, ...texts].join(' '),
    deed:
      ids.length > 0
        ? {
            kind: 'action',
            inverse: joins ? 'remove_from_group' : 'add_to_group',
            ids,
            chosen: String(group.id),
          }
        : null,
  };
}

async function planMembership(
  { request, ids, chosen = '', tx }: ActionCall,
  joins: boolean,
): Promise<Plan | null> {
  const groupId = parseId(chosen);
  const [group] = groupId === null ? [] : await loadGroupPermissions(tx, [groupId]);
  if (!group) return null;
  const accounts = await lockAccounts(tx, ids);
  const members = await membersAmong(tx, group.id, ids);
  const meant = ids.flatMap((id) => accounts.get(id) ?? []);
  const asked = meant.filter(({ id }) => members.has(id) !== joins);
  // What the rules look at of one person is this group, and of the group what it gives.
  const lookup: Lookup = { permissions: async () => [], groups: async () => [group] };
  const [held, next] = joins ? [[], [group.id]] : [[group.id], []];
  const changed: Account[] = [];
  const refusals: Plan['refusals'] = [];
  for (const account of asked) {
    const errors = await userChangeErrors(tx, request.user, {
      accounts,
      before: { id: account.id, groups: held, userPermissions: [] },
      next: { groups: next },
      lookup,
    });
    const [text] = Object.values(errors).flat();
    if (text === undefined) changed.push(account);
    else refusals.push({ name: account.username, text });
  }
  return { group, changed, refusals, already: meant.length - asked.length };
}

async function membersAmong(
  tx: TransactionClient,
  groupId: number,
  ids: readonly number[],
): Promise<Set<number>> {
  const { table, user } = userGroupsTable();
  const members = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const rows = await tx.$queryRaw<{ id: number | bigint }[]>`
      SELECT ug.${user} AS id FROM ${table} ug
      WHERE ug.group_id = ${groupId} AND ug.${user} IN (${Prisma.join([...chunk])})`;
    for (const { id } of rows) members.add(Number(id));
  }
  return members;
}

async function write(
  tx: TransactionClient,
  ids: readonly number[],
  groupId: number,
  joins: boolean,
): Promise<void> {
  const { table, user } = userGroupsTable();
  if (joins) {
    const rows = Prisma.join(ids.map((id) => Prisma.sql`(${id}, ${groupId})`));
    await tx.$executeRaw`
      INSERT INTO ${table} (${user}, group_id) VALUES ${rows} ON CONFLICT DO NOTHING`;
  } else {
    await tx.$executeRaw`
      DELETE FROM ${table} WHERE group_id = ${groupId} AND ${user} IN (${Prisma.join([...ids])})`;
  }
}

async function logMoves({ request, tx }: ActionCall, { group, changed }: Plan, joins: boolean) {
  const moved = { given: [], taken: [], ...(joins ? { joined: [group] } : { left: [group] }) };
  const messages = [
    { changed: { fields: ['Groups'] } },
    ...movedMessages(moved),
    ...reasonMessages(request),
    ...keptMoves({ groups: joins ? { added: [group.id] } : { removed: [group.id] } }),
  ];
  const entries = changed.map(({ id, username }) => ({
    flag: ACTION_FLAGS.change,
    object: { id, repr: username },
    messages,
  }));
  for (const chunk of chunksOf(entries)) {
    await logActions(tx, request.user, modelMeta(userModelKey()), chunk);
  }
  const events = changed.map(({ id, username }) => ({
    holder: { kind: 'user' as const, id, name: username },
    detail: { changed: ['groups'], [joins ? 'groupsGiven' : 'groupsTaken']: [group.name] },
  }));
  await logPrivilegeChanges(tx, { request, actor: actorOf(request) }, events);
}
