import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { endSessionsOf } from '@/lib/contrib/sessions/store';
import { originOf } from '@/lib/core/hosts';
import { fewOf } from '@/lib/core/text';
import { chunksOf } from '@/lib/db/chunks';
import { afterCommit, type TransactionClient } from '@/lib/db/client';
import { sendFactorsChangedMail } from '@/lib/extras/mfa/mails/factors-changed-mail';
import { countFactors } from '@/lib/extras/mfa/possession';
import { RESET_PERMISSION } from '@/lib/extras/mfa/reset/may-reset';
import { endTrusts } from '@/lib/extras/mfa/trusted-browsers';
import { siteOrigin } from '@/lib/http/site-origin';
import { after, currentSource } from '@/lib/http/source/current-source';

/**
 * Everybody's passkeys, without what verifies them. To delete one ends its owner's sessions; the last
 * factor that somebody has goes by a reset only, which gives them a ticket.
 */
export const passkeyAdmin = defineAdmin('mfa.passkey', {
  rail: { section: 'People', order: 50 },
  str: ({ name, userId }) => `${name} of user ${userId}`,
  listDisplay: ['name', 'userId', 'deviceType', 'created', 'lastUsed', 'copySeen'],
  listFilter: ['deviceType', 'copySeen'],
  searchFields: ['name', '=aaguid'],
  ordering: ['-created'],
  fieldsets: [
    { title: null, fields: ['name', 'userId', 'deviceType', 'backedUp', 'aaguid'] },
    { title: 'Use', fields: ['created', 'lastUsed', 'copySeen'] },
  ],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  hasDeletePermission: (user) => user.hasPerm(RESET_PERMISSION),
  cleanDelete: checkDeleted,
  deleting: noteDeleted,
  isDeletionGuarded: true,
});

async function checkDeleted(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const counts = await countsByOwner(tx, ids);
  if (counts.has(actor.id)) return ['Remove your own passkeys at /accounts/2fa/webauthn/.'];
  const locked = await lockAccounts(tx, [...counts.keys()]);
  const accounts = [...counts.keys()].flatMap((id) => locked.get(id) ?? []);
  const asked = { client: tx, act: 'resets the second factors of' } as const;
  const refusals = [...(await identityRefusals(actor, accounts, asked)).values()];
  for (const { id, username } of accounts) {
    if ((await countFactors(tx, id)) > (counts.get(id) ?? 0)) continue;
    refusals.push(
      `${username} has no other factor: reset all of theirs, so that they get a ticket.`,
    );
  }
  return fewOf(refusals);
}

async function noteDeleted(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  const origin = siteOrigin({ origin: originOf(await currentSource().headers()) });
  for (const [userId, count] of await countsByOwner(tx, ids)) {
    const sessionsEnded = await endSessionsOf(tx, [userId]);
    const trustsEnded = await endTrusts(tx, userId);
    const owner = await findUser(getUserModel(), 'id', userId, tx);
    await logSecurityEvent({
      name: 'authn_token_revoked',
      actor: actorOf(request),
      ...(owner && { target: owner }),
      request,
      detail: {
        kind: 'webauthn',
        reason: 'deleted in the admin',
        count,
        sessionsEnded,
        trustsEnded,
      },
      tx,
    });
    if (!owner) continue;
    const what = count === 1 ? 'A passkey was removed' : `${count} passkeys were removed`;
    const news = { what, when: new Date(), ipAddress: '', origin, byOthers: true };
    afterCommit(tx, () => after(() => sendFactorsChangedMail(owner, news)));
  }
}

/** How many of these passkeys each of their owners has, by the owner's id. */
async function countsByOwner(tx: TransactionClient, ids: readonly number[]) {
  const counts = new Map<number, number>();
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    for (const { userId } of await tx.passkey.findMany({ where, select: { userId: true } })) {
      counts.set(userId, (counts.get(userId) ?? 0) + 1);
    }
  }
  return counts;
}
