import { memberCounts } from '@/lib/contrib/auth/permissions/group-members';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import {
  logSecurityEvent,
  logSecurityEvents,
  type SecurityEvent,
  type SecurityRequest,
} from './security-events';

/** Whose privileges changed: one person's, or those of everybody in a group. */
export type Holder = { kind: 'group' | 'user'; id: number; name: string };

type Who = { request: SecurityRequest; actor: SecurityEvent['actor'] };

type Detail = NonNullable<SecurityEvent['detail']>;

/**
 * Tell that a person's or a group's privileges were changed, in the transaction
 * that changes them. Permissions in `detail` are named `app.codename`: those `given`, those `taken`.
 */
export async function logPrivilegeChange(
  tx: TransactionClient,
  { request, actor }: Who,
  holder: Holder,
  detail: Detail,
): Promise<void> {
  const members = await membersOf(tx, [holder]);
  await logSecurityEvent({
    ...eventOf(holder, withReason(detail, request), members),
    actor,
    request,
    tx,
  });
}

/** The same for those of many at once, an event for each; `counted` are the members of the groups, if known. */
export async function logPrivilegeChanges(
  tx: TransactionClient,
  { request, actor }: Who,
  changes: readonly { holder: Holder; detail: Detail }[],
  counted?: ReadonlyMap<number, number>,
): Promise<void> {
  const holders = changes.map(({ holder }) => holder);
  const members = counted ?? (await membersOf(tx, holders));
  const events = changes.map(({ holder, detail }) => ({
    ...eventOf(holder, withReason(detail, request), members),
    request,
    ...(actor && { actor }),
  }));
  await logSecurityEvents(events, tx);
}

/** The detail of an event with the reason that was given for it, if one was. */
export function withReason(detail: Detail, { reason }: SecurityRequest): Detail {
  return reason ? { ...detail, reason } : detail;
}

// How many people it concerns is known now, and not when it is read.
async function membersOf(tx: TransactionClient, holders: readonly Holder[]) {
  const ids = holders.flatMap(({ kind, id }) => (kind === 'group' ? [id] : []));
  const counts = new Map<number, number>();
  for (const chunk of chunksOf(ids)) {
    for (const [id, count] of await memberCounts(tx, chunk)) counts.set(id, count);
  }
  return counts;
}

function eventOf({ kind, id, name }: Holder, detail: Detail, members: ReadonlyMap<number, number>) {
  const what = 'privilege_permissions_changed' as const;
  return kind === 'user'
    ? { name: what, target: { id, username: name }, detail }
    : {
        name: what,
        detail: { group: name, groupId: id, members: members.get(id) ?? 0, ...detail },
      };
}
