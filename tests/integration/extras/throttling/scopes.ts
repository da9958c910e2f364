import { settings } from '@/lib/conf/settings';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { reserveSignIn } from '@/lib/extras/throttling/sign-in';
import type { HttpRequest } from '@/lib/http/request';
import { client } from '@/tests/support/auth/sign-in';

/** Which counters a try is taken from. */
export async function scopesOf(username: string, marks: string): Promise<string[]> {
  await db.throttle.deleteMany();
  await reserveSignIn(requestWithMarks(marks), { username });
  const rows = await db.throttle.findMany({
    where: { tries: { gt: 0 } },
    orderBy: { scope: 'asc' },
  });
  return rows.map(({ scope }) => scope);
}

/** A request of a browser with these marks of known accounts. */
export function requestWithMarks(marks = ''): HttpRequest {
  const cookie = `${settings.DEVICE_COOKIE_NAME}=${marks}`;
  return {
    user: new AnonymousUser(),
    session: new Session(),
    ...client,
    method: 'POST',
    path: settings.LOGIN_URL,
    headers: new Headers(marks ? { cookie } : {}),
    isSecure: false,
    origin: '',
    messages: [],
  };
}
