import { settings } from '@/lib/conf/settings';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { findLink, makeLink, touchLink } from '@/lib/extras/socialaccount/links/social-accounts';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';
import { syncGroups } from './groups';
import { makeUser, maySignUp } from './new-user';
import { type Displaced, takeAddress } from './take-address';

/** Who an identity is here, or why nobody. */
export type Who =
  | {
      readonly kind: 'user';
      readonly user: User;
      /** What has just been made of it, of which people are told. */
      readonly made: 'link' | 'account' | null;
      /** Those whose unverified address is the new account's. */
      readonly displaced: readonly Displaced[];
    }
  /** The account with this id has the address: its owner may link the two by signing in to it. */
  | { readonly kind: 'offer'; readonly userId: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly reason: string };

/** How often somebody else may be first, with the same identity or the same wish for a name. */
const AT_ONCE = 5;

type Asked = {
  readonly tx: TransactionClient;
  readonly request: SecurityRequest;
  readonly setting: ProviderSetting;
  readonly identity: Identity;
};

/**
 * Who an identity that a provider vouches for is here, and what that makes: by its link, and by nothing
 * else, unless the settings let an address count that both sides have verified. An address that
 * somebody has and has not verified is nobody's. One transaction, from whose start to end nothing of it
 * changes; of two at once for one identity the second finds what the first has made.
 * allauth: socialaccount/internal/flows/login.py; OWASP ASVS 5.0 6.8.1
 */
export async function whoIsIt(
  request: SecurityRequest,
  setting: ProviderSetting,
  identity: Identity,
): Promise<Who> {
  for (let left = AT_ONCE; ; left -= 1) {
    try {
      return await transaction((tx) => askInside({ tx, request, setting, identity }));
    } catch (error) {
      const isOvertaken = error instanceof Overtaken || isUniqueViolation(error);
      if (left === 0 || !isOvertaken) throw error;
    }
  }
}

async function askInside(asked: Asked): Promise<Who> {
  const { tx, identity } = asked;
  const link = await findLink(identity, tx);
  if (link && link.issuer !== null && link.issuer !== identity.issuer) {
    return { kind: 'refused', reason: 'another issuer' };
  }
  if (link) return known(asked, link.userId, { link: link.id });
  const owner = await verifiedOwner(tx, identity);
  const who = owner === null ? await newcomer(asked) : await ofOwner(asked, owner);
  // Of two at once the address may be the first one's by now, and the link with it.
  if (who.kind !== 'user' && (await findLink(identity, tx))) throw new Overtaken();
  return who;
}

// Whoever may not come in is refused as for a wrong password, and nothing is given to them.
async function known(
  { tx, request, setting, identity }: Asked,
  userId: number,
  { link, made = null }: { link?: number; made?: 'link' | null } = {},
): Promise<Who> {
  const user = await findUser(getUserModel(), 'id', userId, tx);
  if (!user?.isActive) return { kind: 'refused', reason: 'not let in' };
  if (link !== undefined) await touchLink(tx, link, identity);
  if (made === 'link') await makeLink(tx, request, user, identity);
  await syncGroups(tx, request, { user, setting, claimed: identity.groups });
  return { kind: 'user', user, made, displaced: [] };
}

async function verifiedOwner(tx: TransactionClient, identity: Identity): Promise<number | null> {
  const { email, isEmailVerified } = identity;
  if (email === '' || !isEmailVerified) return null;
  const where = { email: foldAddress(email), verified: true };
  const row = await tx.emailAddress.findFirst({ where, select: { userId: true } });
  return row?.userId ?? null;
}

async function ofOwner(asked: Asked, userId: number): Promise<Who> {
  if (!settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION) return { kind: 'offer', userId };
  const isLinked = settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT;
  return known(asked, userId, { made: isLinked ? 'link' : null });
}

async function newcomer({ tx, request, setting, identity }: Asked): Promise<Who> {
  if (!maySignUp(setting, identity)) return { kind: 'closed' };
  const displaced = await takeAddress(tx, request, identity);
  const user = displaced && (await makeUser(tx, request, identity));
  if (!user) return { kind: 'closed' };
  await makeLink(tx, request, user, identity);
  await syncGroups(tx, request, { user, setting, claimed: identity.groups });
  return { kind: 'user', user, made: 'account', displaced };
}

/** Undoes the transaction, which is run again. */
class Overtaken extends Error {}
