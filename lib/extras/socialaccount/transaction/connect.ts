import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { error, info, success } from '@/lib/contrib/messages/api';
import { transaction } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import { LINKS_PATH } from '@/lib/extras/socialaccount/addresses';
import { findLink, makeLink } from '@/lib/extras/socialaccount/links/social-accounts';
import { tellOfLink } from '@/lib/extras/socialaccount/mails/tell';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';
import { providerName } from '@/lib/extras/socialaccount/providers/configured';
import type { HttpRequest } from '@/lib/http/request';
import { refuseSignIn } from './refusal';
import type { Transaction } from './transaction-cookie';

/**
 * Link an identity to whoever is signed in, if they began that in this session, have shown of late who
 * they are, and the identity is nobody's. Gives where to go.
 * allauth: socialaccount/internal/flows/connect.py
 */
export async function connectIdentity(
  request: HttpRequest,
  identity: Identity,
  begun: Transaction,
): Promise<string> {
  if (!isSameSession(request, begun)) {
    return refuseSignIn(request, identity.provider, 'begun in another session');
  }
  if (!isSignInFresh(request)) {
    info(request, 'You signed in a while ago. Show once more who you are, and link it again.');
    return LINKS_PATH;
  }
  const { user } = request;
  const name = providerName(identity.provider);
  const made = await linked(request, user, identity);
  if (made === 'made') {
    success(request, `You can sign in with ${name} now.`);
    tellOfLink(request, user, { provider: identity.provider, news: 'linked' });
  } else if (made === 'theirs') info(request, 'You are linked to this account already.');
  else error(request, `Somebody else here is linked to this account at ${name}.`);
  return LINKS_PATH;
}

function isSameSession(
  request: HttpRequest,
  { user, session }: Transaction,
): request is HttpRequest<User> {
  return (
    request.user.isAuthenticated && request.user.id === user && request.session.keyHash === session
  );
}

async function linked(
  request: HttpRequest,
  user: User,
  identity: Identity,
): Promise<'made' | 'theirs' | 'another’s'> {
  const link = () =>
    transaction(async (tx) => {
      const known = await findLink(identity, tx);
      if (known) return known.userId === user.id ? 'theirs' : 'another’s';
      await makeLink(tx, request, user, identity);
      return 'made';
    });
  try {
    return await link();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return link();
  }
}
