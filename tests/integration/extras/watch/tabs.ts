import { afterEach } from 'vitest';
import { GET } from '@/app/(watch)/accounts/watch/route';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { userState } from '@/lib/contrib/auth/users/user-state';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { readRequest } from '@/lib/http/request';
import { signedIn } from '@/tests/support/auth/sign-in';
import { answerOf } from '@/tests/support/plain-source';

const ADDRESS = 'http://localhost:3000/accounts/watch/';
export const LOOKS_BY_ITSELF_NEVER = { WATCH_INTERVAL: 2 ** 30 };

/** The streams that a test has opened. */
export const opened: ReadableStreamDefaultReader<Uint8Array>[] = [];
let made = 0;

/** Let go, after each test of a file, of the streams that it has opened. */
export function letGoOfTabs(): void {
  afterEach(async () => {
    for (const reader of opened.splice(0)) await reader.cancel().catch(() => undefined);
  });
}

/** Somebody, and the cookie of a browser of theirs. */
export async function person(): Promise<{ user: User; cookie: string }> {
  made += 1;
  const user = await users.createUser({ username: `watched${made}`, password: null });
  return { user, cookie: await cookieOf(user) };
}

/** The cookie of another browser of theirs. */
export async function cookieOf(user: User): Promise<string> {
  return `${sessionCookieName(false)}=${await sealSession(await signedIn(user))}`;
}

/** What the address answers to this cookie. */
export async function ask(
  cookie: string,
  accept = 'text/event-stream',
  headers = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  const request = new Request(ADDRESS, {
    headers: { host: 'localhost:3000', cookie, accept, ...headers },
    signal,
  });
  const context = { params: Promise.resolve({}) };
  const { value } = await answerOf(request, 'handler', () => GET(request, context));
  if (!(value instanceof Response)) throw new Error('The handler answers with a response.');
  return value;
}

/** A stream of the browser with this cookie: `read` gives what has been said since it was read. */
export async function follow(cookie: string, headers = {}) {
  return overrideSettings(LOOKS_BY_ITSELF_NEVER, async () => {
    const response = await ask(cookie, 'text/event-stream', headers);
    const reader = response.body?.getReader();
    if (!reader) throw new Error(`There is no stream: ${response.status}`);
    opened.push(reader);
    const read = async () => {
      const { value, done } = await reader.read();
      return done ? 'closed' : new TextDecoder().decode(value);
    };
    return { response, read, first: await read() };
  });
}

/** How a session stands in the eyes of a page that is drawn now. */
export async function drawnState(cookie: string): Promise<string | null> {
  let state: string | null = null;
  const request = new Request(ADDRESS, { headers: { host: 'localhost:3000', cookie } });
  await answerOf(request, 'page', async () => {
    const { user } = await readRequest();
    state = user.isAuthenticated ? userState(user) : null;
  });
  return state;
}

/** What the stream says has happened, and the id under which it says so. */
export const eventOf = (text: string) => /^event: (\w+)$/m.exec(text)?.[1];
export const idOf = (text: string) => /^id: (\w+)$/m.exec(text)?.[1] ?? '';
