import { getUser } from '@/lib/contrib/auth';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { openSessions, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import type { SessionClient } from '@/lib/contrib/sessions/row';
import { Session } from '@/lib/contrib/sessions/session';
import { cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import type { Identity, RequestHead } from './identity';
import { onBehalfOf } from './on-behalf';

/**
 * The session cookie, the first of the authenticators: one statement for session and user, none for
 * a stranger without a cookie. Of several cookies of the name the first counts that has a session.
 * Whatever is wrong with the cookie, the answer is a stranger, never an error.
 * Django: contrib/sessions/middleware.py, contrib/auth/middleware.py get_user
 */
export const sessionCookie = {
  name: 'session_cookie',
  async authenticate({ headers, cookies }: RequestHead): Promise<Identity> {
    const name = sessionCookieName(cookiesAreSecure(headers));
    const sent = [cookies.get(name)?.value ?? '', ...readCookies(headers, name)];
    const stored = await firstSession(sent, clientOfHead(headers));
    const session = stored?.session ?? new Session();
    const owner = await getUser(session, stored?.user ?? undefined);
    return { user: await onBehalfOf(session, owner), session, usesCookies: true };
  },
};

// The jar comes first: it knows what an action has set, before the page behind it is rendered.
async function firstSession(cookies: readonly string[], client: SessionClient) {
  for (const { seal } of await openSessions([...new Set(cookies)])) {
    const stored = await loadSession(seal, new Date(), client);
    if (stored) return stored;
  }
  return null;
}

function clientOfHead(headers: RequestHead['headers']): SessionClient {
  return {
    ipAddress: headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: headers.get('user-agent') ?? '',
  };
}
