import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { logPrivilegeChange } from '@/lib/contrib/auth/events/privilege-events';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { userChangeErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { ValidationError } from '@/lib/core/exceptions';
import { db, type TransactionClient, transaction } from '@/lib/db/client';
import { whyNotDecide } from './may-decide';
import { contentOf } from './ways';
import { writeGrant } from './write-grant';

/** Who answers, and by what request. */
type Answerer = SecurityRequest & { readonly user: User };

/** How a request is granted: a way, for how many seconds (null: for good), and what was seen of it. */
export type Approval = { way: string; seconds: number | null; seen: string; answer: string };

/** What was answered, for whoever is told of it. */
export type Answered = {
  userId: number;
  perm: string;
  /** Null for what was refused or is given for good. */
  until: Date | null;
  isApproved: boolean;
  decider: string;
  answer: string;
};

type Row = {
  id: number;
  userId: number;
  permissionId: number;
  seconds: number | null;
  reason: string;
};

/**
 * Grant a request: the permission itself or a group that holds it, for a time or for good. In one
 * transaction with its entries in the history and the log; of two who answer at once the second is
 * told so. Throws ValidationError with what is in the way: an answer that is there already, a person
 * who is inactive, a rule of granting, a group that holds something else than was shown, a time that is
 * longer than was asked for.
 */
export async function approveRequest(
  by: Answerer,
  id: number,
  { way, seconds, seen, answer }: Approval,
): Promise<Answered> {
  return answering({ by, id, state: 'approved', answer }, async ({ tx, row, account, now }) => {
    if (!account?.isActive) throw refusal('The account is inactive: wake it first.');
    if (row.seconds !== null && (seconds === null || seconds > row.seconds)) {
      throw refusal('That is longer than was asked for.', 'duration');
    }
    const given = await giftOf(tx, row, { way, seen });
    const next =
      'groupId' in given ? { groups: [given.groupId] } : { userPermissions: [given.permissionId] };
    const before = { id: row.userId, groups: [], userPermissions: [] };
    const accounts = await lockAccounts(tx, [row.userId]);
    const errors = await userChangeErrors(tx, by.user, { accounts, before, next });
    const [first] = Object.values(errors).flat();
    if (first !== undefined) throw refusal(first, 'way');
    const until = seconds === null ? null : new Date(now.getTime() + seconds * 1000);
    const { perm } = await permissionOf(tx, row);
    const grant = {
      userId: row.userId,
      given,
      until,
      granter: by.user.getUsername(),
      reason: row.reason,
    };
    const field = await writeGrant(tx, grant, now);
    const object = { id: row.userId, repr: account.username };
    await logActions(tx, by.user, userAdmin().meta, [
      { flag: ACTION_FLAGS.change, object, messages: [{ changed: { fields: [field] } }] },
    ]);
    const who = { request: by, actor: by.user };
    const holder = { kind: 'user', id: row.userId, name: account.username } as const;
    await logPrivilegeChange(tx, who, holder, {
      ...('groupId' in given ? { groupsGiven: [given.name] } : { given: [perm] }),
      until: until?.toISOString() ?? 'for good',
      reason: row.reason,
      accessRequest: id,
    });
    return { perm, until };
  });
}

/** Refuse a request with a sentence, likewise. */
export async function refuseRequest(by: Answerer, id: number, answer: string): Promise<Answered> {
  return answering({ by, id, state: 'refused', answer }, async ({ tx, row, account }) => {
    const { perm } = await permissionOf(tx, row);
    await logSecurityEvent({
      name: 'authz_admin',
      actor: by.user,
      target: { id: row.userId, username: account?.username ?? '' },
      request: by,
      detail: { act: 'refused access', permission: perm, answer, accessRequest: id },
      tx,
    });
    return { perm, until: null };
  });
}

type Outcome = { perm: string; until: Date | null };

/** A request inside the transaction that answers it, with the person, locked, who asked. */
type Judged = { tx: TransactionClient; row: Row; account: Account | undefined; now: Date };

type Answer = { by: Answerer; id: number; state: 'approved' | 'refused'; answer: string };

async function answering(
  { by, id, state, answer }: Answer,
  act: (judged: Judged) => Promise<Outcome>,
): Promise<Answered> {
  const asked = await db.accessRequest.findUnique({ where: { id } });
  // Before the transaction: what is asked of the person who answers reads by itself.
  const why = asked ? await whyNotDecide(by.user, asked) : 'There is no such request.';
  if (!asked || why !== null) throw refusal(why ?? '');
  return transaction(async (tx) => {
    const now = new Date();
    const decider = by.user.getUsername();
    // Whoever answers a request of the same person waits here, and then sees the answer.
    const account = (await lockAccounts(tx, [asked.userId])).get(asked.userId);
    const { count } = await tx.accessRequest.updateMany({
      where: { id, state: 'open', userId: { not: by.user.id } },
      data: { state, decided: now, decider, answer },
    });
    if (count === 0) throw refusal('Somebody has answered this already, or it was withdrawn.');
    const outcome = await act({ tx, row: asked, account, now });
    const isApproved = state === 'approved';
    return { userId: asked.userId, ...outcome, isApproved, decider, answer };
  });
}

type Gift = { permissionId: number } | { groupId: number; name: string };

async function giftOf(
  tx: TransactionClient,
  row: Row,
  { way, seen }: Pick<Approval, 'way' | 'seen'>,
): Promise<Gift> {
  if (way === 'direct') return { permissionId: row.permissionId };
  const groupId = Number(/^group:([1-9]\d{0,8})$/.exec(way)?.[1] ?? 0);
  const [group] = await loadGroupPermissions(tx, [groupId]);
  if (!group?.permissions.some(({ id }) => id === row.permissionId)) {
    throw refusal('Choose a way that gives what is asked for.', 'way');
  }
  if (contentOf(group) !== seen) {
    throw refusal('The group holds something else than was shown. Look at it again.', 'way');
  }
  return { groupId, name: group.name };
}

async function permissionOf(tx: TransactionClient, row: Row) {
  const [permission] = await loadCatalogue(tx, [row.permissionId]);
  if (!permission) throw refusal('There is no such permission any more.');
  return permission;
}

function refusal(message: string, field: string | null = null): ValidationError {
  return new ValidationError(message, 'refused', field);
}
