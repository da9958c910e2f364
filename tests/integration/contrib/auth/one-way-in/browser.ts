import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { getUser } from '@/lib/contrib/auth';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { openSession, type SessionSeal, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import type { Session } from '@/lib/contrib/sessions/session';
import type { Answer } from '@/tests/support/plain-source';
import { callServer } from '@/tests/support/server-call';

/** A browser: what it was answered last, and its cookies. */
export class Browser {
  cookie = '';
  answer: Answer | null = null;

  async call(entry: () => Promise<unknown>, method = 'POST'): Promise<Answer> {
    const answer = await callServer(this.cookie, entry, method);
    this.cookie = cookieAfter(this.cookie, answer.cookies);
    this.answer = answer;
    return answer;
  }

  /** Send a form to an action. */
  post(
    action: (form: FormData) => Promise<unknown>,
    values: Record<string, string> = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    return this.call(() => action(form));
  }

  /** Fill in the sign-in form. */
  signIn(username: string, password: string, more: Record<string, string> = {}): Promise<Answer> {
    return this.post((form) => loginAction(form), { username, password, next: '', ...more });
  }

  /** The seal of the session cookie; null without one. */
  async seal(): Promise<SessionSeal | null> {
    const name = `${sessionCookieName(false)}=`;
    const pair = this.cookie.split('; ').find((each) => each.startsWith(name));
    return (await openSession(pair?.slice(name.length)))?.seal ?? null;
  }

  /** What the server knows by the cookie. */
  async session(): Promise<Session | null> {
    const seal = await this.seal();
    return seal && ((await loadSession(seal))?.session ?? null);
  }

  /** Whom a guard sees. */
  async user(): Promise<RequestUser | null> {
    const session = await this.session();
    return session && getUser(session);
  }
}

/** The cookies of a browser that sent these and was told those. */
function cookieAfter(sent: string, set: ReadonlyMap<string, string>): string {
  const pairs = sent === '' ? [] : sent.split('; ').map((pair) => pair.split(/=(.*)/s));
  const kept = new Map([...pairs.map(([name = '', value = '']) => [name, value] as const), ...set]);
  return [...kept]
    .flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`]))
    .join('; ');
}
