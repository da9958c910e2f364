import { type AdminRequest, type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { actorOf } from '@/lib/contrib/auth/admin/user-changes';
import { ownerRefusals } from '@/lib/contrib/auth/permissions/owner-refusals';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { originOf } from '@/lib/core/hosts';
import { chunksOf } from '@/lib/db/chunks';
import { afterCommit, type TransactionClient } from '@/lib/db/client';
import { logLink } from '@/lib/extras/socialaccount/links/social-accounts';
import { tellOfLink } from '@/lib/extras/socialaccount/mails/tell';
import { siteOrigin } from '@/lib/http/site-origin';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * Everybody's links, to be read: they are made by who can sign in at both ends. One that is deleted signs
 * in nobody.
 * allauth: socialaccount/admin.py SocialAccountAdmin
 */
export const socialAccountAdmin = defineAdmin('socialaccount.socialaccount', {
  rail: { section: 'People', order: 40 },
  str: ({ provider, uid }) => `${provider} ${uid}`,
  listDisplay: ['provider', 'user', 'uid', 'dateJoined', 'lastLogin'],
  listFilter: ['provider'],
  get searchFields() {
    return ['uid', `user__${getUserModel().USERNAME_FIELD}`];
  },
  ordering: ['-dateJoined'],
  fieldsets: [{ title: null, fields: ['provider', 'user', 'uid', 'dateJoined', 'lastLogin'] }],
  autocompleteFields: ['user'],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  cleanDelete: checkLinksGo,
  deleting: logGone,
  isDeletionGuarded: true,
});

// Whose account somebody may not touch, their ways in they may not take either.
async function checkLinksGo(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  const userIds = (await linksBehind(tx, ids)).map(({ userId }) => userId);
  return ownerRefusals(tx, actor, { userIds, act: 'changes' });
}

async function logGone(
  tx: TransactionClient,
  request: AdminRequest,
  ids: readonly number[],
): Promise<void> {
  const links = await linksBehind(tx, ids);
  const accounts = await lockAccounts(tx, [...new Set(links.map(({ userId }) => userId))]);
  const actor = actorOf(request);
  const origin = siteOrigin({ origin: originOf(await currentSource().headers()) });
  for (const { userId, provider } of links) {
    const target = accounts.get(userId);
    if (!target) continue;
    await logLink(tx, request, target, { name: 'authn_token_revoked', provider, actor });
    const news = { provider, news: 'unlinked', byOthers: true } as const;
    afterCommit(tx, () => tellOfLink({ origin }, target, news));
  }
}

async function linksBehind(tx: TransactionClient, ids: readonly number[]) {
  const found: { userId: number; provider: string }[] = [];
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk } };
    const select = { userId: true, provider: true } as const;
    found.push(...(await tx.socialAccount.findMany({ where, select })));
  }
  return found;
}
