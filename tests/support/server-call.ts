import type { User } from '@/lib/contrib/auth/models';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { signedIn } from '@/tests/support/auth/sign-in';
import { type Answer, answerOf } from './plain-source';

const ORIGIN = 'http://localhost:3000';

/** A browser that has just signed in. */
export async function browserOf(user: User): Promise<string> {
  return `${sessionCookieName(false)}=${await sealSession(await signedIn(user))}`;
}

/** Call a server action or a route handler in a request of a browser with this cookie. */
export function callServer(
  cookie: string,
  call: () => Promise<unknown>,
  method = 'POST',
): Promise<Answer> {
  const headers = { cookie, host: new URL(ORIGIN).host, origin: ORIGIN };
  return answerOf(new Request(ORIGIN, { method, headers }), 'action', call);
}
