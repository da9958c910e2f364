import { z } from 'zod';
import type { loginCompleted } from '@/lib/contrib/auth/signals';
import { success } from '@/lib/contrib/messages/api';
import type { Message } from '@/lib/contrib/messages/constants';
import { readCookies } from '@/lib/core/cookies';
import { isSecure } from '@/lib/core/request-headers';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import { transaction } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import type { PayloadOf } from '@/lib/dispatch';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { tellOfLink } from '@/lib/extras/socialaccount/mails/tell';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';
import { findProvider, providerName } from '@/lib/extras/socialaccount/providers/configured';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';
import { findLink, makeLink } from './social-accounts';

type Completed = PayloadOf<typeof loginCompleted>;

const offer = z.object({
  /** Whose account it may be linked to. */
  userId: z.number(),
  provider: z.string(),
  issuer: z.string(),
  subject: z.string(),
  email: z.string(),
  name: z.string(),
  preferredUsername: z.string(),
});
type Offer = z.output<typeof offer>;

const cookie = sealedCookie<Offer>({
  name: 'gatehouse_link_offer',
  salt: 'gatehouse.socialaccount.offer',
  maxAge: 600,
  path: '/accounts/',
  parse: (content) => offer.safeParse(content).data ?? null,
});

/** Keep an identity in this browser until the owner of its address has signed in. For handlers. */
export async function keepOffer(
  { isSecure: secure }: HttpRequest,
  { identity, userId }: { identity: Identity; userId: number },
): Promise<void> {
  const { provider, issuer, subject, email, name, preferredUsername } = identity;
  const content = { userId, provider, issuer, subject, email, name, preferredUsername };
  const jar = await currentSource().cookies();
  jar.set(cookie.name(secure), await cookie.seal(content), cookie.options(content, secure));
}

/**
 * Link the identity that this browser has brought to whoever has signed in, if it is they whose verified
 * address it has: they have shown both sides.
 */
export async function takeOffer({ request, user }: Completed): Promise<void> {
  const { headers } = request;
  if (!headers) return;
  const secure = isSecure(headers);
  const sent = readCookies(headers, cookie.name(secure));
  const offered = sent.length === 0 ? null : await cookie.open(sent);
  if (!offered) return;
  const jar = await currentSource().cookies();
  jar.set(cookie.name(secure), '', { ...cookie.options(offered, secure), maxAge: 0 });
  if (offered.userId !== user.id || !findProvider(offered.provider)) return;
  if (!(await link({ request, user }, offered))) return;
  if (hasMessages(request)) {
    success(request, `You can sign in with ${providerName(offered.provider)} now.`);
  }
  if (hasOrigin(request)) {
    tellOfLink(request, user, { provider: offered.provider, news: 'linked' });
  }
}

async function link({ request, user }: Completed, offered: Offer): Promise<boolean> {
  const nothing = { givenName: '', familyName: '', groups: [], sid: '', idToken: '' };
  const identity = { ...nothing, ...offered, isEmailVerified: true, hasSecondFactor: false };
  const where = { userId: user.id, email: foldAddress(offered.email), verified: true };
  try {
    return await transaction(async (tx) => {
      if ((await tx.emailAddress.count({ where })) === 0) return false;
      if (await findLink(identity, tx)) return false;
      await makeLink(tx, request, user, identity);
      return true;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

function hasMessages(request: object): request is { messages: Message[] } {
  return 'messages' in request && Array.isArray(request.messages);
}

function hasOrigin(request: object): request is { origin: string } {
  return 'origin' in request && typeof request.origin === 'string';
}
