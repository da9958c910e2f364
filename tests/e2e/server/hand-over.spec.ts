import { signMessages } from '@/lib/contrib/messages/signing';
import { encodeMessages, MESSAGES_HEADER } from '@/lib/contrib/messages/storage';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { createUser, expect, sealedSession, test } from '../fixtures';

const POLICY = 'content-security-policy';
const SENT = { accept: 'text/html', 'sec-fetch-dest': 'document' };

// Next.js copies what the middleware puts on a response onto the request, and takes the nonce from there. It
// says so nowhere: an upgrade that no longer does draws scripts without one.
test('the policy of the answer, and nobody else’s, reaches what the page is drawn with', {
  tag: '@no-javascript-only',
}, async ({ server, request }) => {
  const { user } = await createUser({});
  const session = `${sessionCookieName(false)}=${await sealedSession(user)}`;
  const planted = encodeMessages([{ id: '1', level: 'info', text: 'Planted' }]);
  const waiting = encodeMessages([{ id: '2', level: 'info', text: 'Waiting' }]);
  const cookie = `${session}; gatehouse_messages=${await signMessages(waiting)}`;
  const asked: [sent: Record<string, string>, shows: string | null][] = [
    [{ cookie: session }, null],
    [{ cookie: session, [POLICY]: "script-src 'nonce-planted'" }, null],
    [{ cookie: session, [`${POLICY}-report-only`]: "script-src 'nonce-planted'" }, null],
    [{ cookie: session, [MESSAGES_HEADER]: planted }, null],
    [{ cookie, [POLICY]: "script-src 'nonce-planted'" }, 'Waiting'],
    [
      { cookie: session, 'x-middleware-override-headers': POLICY, 'x-middleware-request-x': 'y' },
      null,
    ],
  ];
  const nonces = new Set<string>();
  for (const [sent, shows] of asked) {
    const answer = await request.get(`${server.url}/dashboard/`, { headers: { ...SENT, ...sent } });
    expect(answer.status()).toBe(200);
    const headers = answer.headers();
    const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(headers[POLICY] ?? '') ?? [];
    expect(nonce).toMatch(/^[\w+/=]{24}$/);
    nonces.add(nonce);
    const body = await answer.text();
    const scripts = body.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).toContain(` nonce="${nonce}"`);
    expect(body).not.toMatch(/planted/i);
    if (shows) expect(body).toContain(shows);
    expect(Boolean(headers['set-cookie']?.includes('gatehouse_messages=;'))).toBe(shows !== null);
    expect(Object.keys(headers).filter((name) => /^x-(middleware|gatehouse)/.test(name))).toEqual(
      [],
    );
  }
  expect(nonces.size).toBe(asked.length);
});
