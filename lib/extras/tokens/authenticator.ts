import { settings } from '@/lib/conf/settings';
import type { Authenticator } from '@/lib/contrib/auth/authenticators/authenticator';
import type { Identity, RequestHead } from '@/lib/contrib/auth/authenticators/identity';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { Session } from '@/lib/contrib/sessions/session';
import { AuthenticationFailed, PermissionDenied, TooManyRequests } from '@/lib/core/exceptions';
import { networkOf } from '@/lib/core/ip-address';
import { hasBearer } from '@/lib/http/problems/asked-by-program';
import { loadToken } from './load-token';
import { isAlive, type Token } from './models';
import { isWithin } from './networks';
import { waitOf } from './rate';
import { isTokenText } from './token-text';
import { noteUse } from './uses';

const CHALLENGE = 'Bearer realm="gatehouse"';
const EVERYTHING = { has: () => true };

const tokens = new WeakMap<User, Token>();

/** The token that a request was made with, by its user; null for who asks in person. */
export function tokenOf(user: User): Token | null {
  return tokens.get(user) ?? null;
}

/**
 * A bearer in the Authorization header, of route handlers only: pages and actions are for people. One
 * statement for token, permissions and owner, none for what cannot be a token. No session is read or
 * written. A bearer that does not count is never passed over for a cookie.
 * RFC 6750 2.1, 3.1
 */
export const tokenAuthenticator: Authenticator = {
  name: 'token',
  challenge: CHALLENGE,
  async authenticate(head: RequestHead): Promise<Identity | null> {
    if (head.entryPoint !== 'handler' || !hasBearer(head.headers)) return null;
    const from = clientOf(head.headers);
    const text = readBearer(head.headers);
    const found = isTokenText(text) ? await loadToken(text) : invalid();
    if (!found) return refuseInvented(from);
    const { token, user } = found;
    await refuseDead(token, user, from);
    await refuseElsewhere(token, user, from);
    refuseTooMany(token);
    user.attenuation =
      token.isFull && settings.TOKENS_ALLOW_FULL ? EVERYTHING : new Set(token.permissions);
    tokens.set(user, token);
    noteUse(token, from.ipAddress);
    return { user, session: new Session(), usesCookies: false, token: token.start };
  },
};

type Client = { ipAddress: string; userAgent: string };

function clientOf(headers: RequestHead['headers']): Client {
  return {
    ipAddress: headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: headers.get('user-agent') ?? '',
  };
}

function readBearer(headers: RequestHead['headers']): string {
  const [, text] = /^bearer +([\w.~+/-]+=*)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (text !== undefined) return text;
  const challenge = `${CHALLENGE}, error="invalid_request"`;
  throw new AuthenticationFailed('Send one token behind the word Bearer.', challenge, 400);
}

// What is wrong with it is told to nobody who cannot show that it is theirs.
function invalid(message = 'This is no token, or it has ended.'): never {
  throw new AuthenticationFailed(message, `${CHALLENGE}, error="invalid_token"`);
}

// Counted after the look-up: whoever has a good token waits for nobody who invents some.
async function refuseInvented({ ipAddress }: Client): Promise<never> {
  const keys = { account: networkOf(ipAddress), network: ipAddress };
  const attempt = await reserveAttempt('token', keys, { request: { ipAddress } });
  if (!attempt.allowed) throw new TooManyRequests(attempt.retryAfter);
  return invalid();
}

async function refuseDead(token: Token, user: User, request: Client): Promise<void> {
  if (isAlive(token) && user.isActive) return;
  const detail = { kind: 'token', start: token.start, reason: reasonOf(token, user) };
  const target = { id: user.id, username: user.getUsername() };
  await logSecurityEvent(
    { name: 'authn_token_reuse', actor: user, target, request, detail },
    'limited',
  );
  invalid();
}

function reasonOf({ revoked }: Token, { isActive }: User): string {
  if (revoked !== null) return 'ended';
  return isActive ? 'expired' : 'owner inactive';
}

async function refuseElsewhere(token: Token, user: User, request: Client): Promise<void> {
  if (isWithin(token.networks, request.ipAddress)) return;
  const detail = { kind: 'token', start: token.start, reason: 'from another network' };
  await logSecurityEvent({ name: 'authz_fail', actor: user, request, detail }, 'limited');
  throw new PermissionDenied('The token may not be used from this network.');
}

function refuseTooMany({ id }: Token): void {
  const wait = waitOf(id);
  if (wait !== null) throw new TooManyRequests(wait);
}
