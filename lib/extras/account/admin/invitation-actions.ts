import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { ActionCall, ActionOutcome, AdminAction } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvents } from '@/lib/contrib/auth/events/security-events';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { judgeGroups } from '@/lib/extras/account/invitations/giving-groups';
import { sendInvitation } from '@/lib/extras/account/invitations/invitations';
import { notYoursInGroups } from '@/lib/extras/grant-rules/words';

/** What the list of invitations offers: to send those that wait anew, and to take them back. */
export const invitationActions: readonly AdminAction[] = [
  { name: 'resend', label: 'Resend', permission: 'add', isGrant: true, run: resend },
  { name: 'revoke', label: 'Take back', permission: 'add', run: revoke },
];

type Waiting = { id: number; email: string };

// Whoever sends it anew answers for it from then on: the groups are theirs to give.
async function resend(call: ActionCall): Promise<ActionOutcome> {
  const { request, ids, tx } = call;
  const sent: Waiting[] = [];
  const refusals = new Set<string>();
  for (const row of await waitingOf(call)) {
    const groupIds = row.groups.map(({ groupId }) => groupId);
    const { refused } = await judgeGroups(tx, request.user, groupIds);
    if (refused.length > 0) {
      refusals.add(notYoursInGroups(refused));
      continue;
    }
    const keys = { account: row.email, network: request.ipAddress };
    if (!(await reserveAttempt('invitation', keys, { request, tx })).allowed) {
      refusals.add('Some were sent too often: try again later.');
      continue;
    }
    sent.push(row);
  }
  const data = { inviterId: request.user.id, inviterUsername: request.user.getUsername() };
  await tx.invitation.updateMany({ where: { id: { in: sent.map(({ id }) => id) } }, data });
  await log(call, sent, 'authn_token_created');
  return {
    level: refusals.size > 0 || sent.length < ids.length ? 'warning' : 'success',
    text: [`Sent ${invitations(sent.length)} anew; the former links are over.`, ...refusals].join(
      ' ',
    ),
    async committed(done) {
      for (const { id } of sent) await sendInvitation(id, done);
    },
  };
}

async function revoke(call: ActionCall): Promise<ActionOutcome> {
  const waiting = await waitingOf(call);
  const where = { id: { in: waiting.map(({ id }) => id) } };
  await call.tx.invitation.updateMany({ where, data: { revoked: new Date() } });
  await log(call, waiting, 'authn_token_revoked');
  const text = `Took back ${invitations(waiting.length)}.`;
  return { level: waiting.length < call.ids.length ? 'warning' : 'success', text };
}

function waitingOf({ ids, tx }: ActionCall) {
  return tx.invitation.findMany({
    where: { id: { in: [...ids] }, accepted: null, revoked: null },
    select: { id: true, email: true, groups: { select: { groupId: true } } },
    orderBy: { id: 'asc' },
  });
}

async function log(
  { request, tx }: ActionCall,
  rows: readonly Waiting[],
  name: 'authn_token_created' | 'authn_token_revoked',
): Promise<void> {
  if (rows.length === 0) return;
  const actor = actorOf(request);
  const events = rows.map(({ id }) => {
    return { name, actor, request, detail: { kind: 'invitation', invitation: id } };
  });
  await logSecurityEvents(events, tx);
  const isSent = name === 'authn_token_created';
  const messages = [{ changed: { fields: [isSent ? 'Token' : 'Revoked'] } }];
  const entries = rows.map(({ id, email }) => {
    const object = { id, repr: `Invitation of ${email}` };
    return { flag: ACTION_FLAGS.change, object, messages };
  });
  await logActions(tx, request.user, modelMeta('account.invitation'), entries);
}

function invitations(count: number): string {
  return count === 1 ? '1 invitation' : `${count} invitations`;
}
