import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { loginNotRequired, loginRequired } from './guards';
import { makePerson } from './people';
import { KINDS, ORIGIN, probe } from './probe';

let cookie = '';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  ({ cookie } = await makePerson('ada', { isStaff: true, isSuperuser: true }));
  return tearDown;
});

/** The headers of what another site makes a browser send, or of what does not say whence it is. */
const FORGED: Record<string, Record<string, string>> = {
  'of another origin': { origin: 'https://evil.test' },
  'of another port': { origin: 'http://localhost:4000' },
  'of another scheme': { origin: 'https://localhost:3000' },
  'of an opaque origin': { origin: 'null' },
  'that the browser calls cross-site': { 'sec-fetch-site': 'cross-site' },
  'of a sibling domain': { 'sec-fetch-site': 'same-site' },
  'cross-site, with a foreign origin': {
    origin: 'https://evil.test',
    'sec-fetch-site': 'cross-site',
  },
  'of another referrer': { referer: 'https://evil.test/page' },
  'that does not say whence it is': {},
  'that the middleware found forged': {
    origin: ORIGIN,
    'x-gatehouse-csrf-failure': 'The form was sent from elsewhere.',
  },
};

const OURS: Record<string, Record<string, string>> = {
  'of our origin': { origin: ORIGIN },
  'of the same origin by the browser': { 'sec-fetch-site': 'same-origin' },
  'of our referrer': { referer: `${ORIGIN}/private/` },
};

const each = (headers: Record<string, unknown>) =>
  KINDS.flatMap((kind) => Object.keys(headers).map((what) => ({ kind, what })));

describe('a request that changes something', () => {
  it.each(each(FORGED))('$what is refused by the $kind', async ({ kind, what }) => {
    const headers = FORGED[what] ?? {};
    for (const guard of [loginRequired, loginNotRequired]) {
      const answer = await probe(guard).ask(kind, { cookie, method: 'POST', headers });
      expect(answer).toMatchObject({ ran: false, status: 403, location: null });
    }
  });

  it.each(each(OURS))('$what passes into the $kind', async ({ kind, what }) => {
    const headers = OURS[what] ?? {};
    const answer = await probe(loginRequired).ask(kind, { cookie, method: 'POST', headers });
    expect(answer).toMatchObject({ ran: true, status: 200 });
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('is refused by the handler for %s too', async (method) => {
    const headers = { origin: 'https://evil.test' };
    expect(await probe(loginRequired).ask('handler', { cookie, method, headers })).toMatchObject({
      ran: false,
      status: 403,
    });
  });

  it('of a stranger passes without a word, and not from another site', async () => {
    const behind = probe(loginNotRequired);
    expect((await behind.ask('action', { headers: {} })).ran).toBe(true);
    const headers = { origin: 'https://evil.test' };
    expect(await behind.ask('action', { headers })).toMatchObject({ ran: false, status: 403 });
  });

  it('is in the security log when it was forged', async () => {
    const headers = { origin: 'https://evil.test' };
    await probe(loginRequired).ask('form', { cookie, headers, path: '/forged/here/' });
    const entries = await db.securityLogEntry.findMany({ where: { event: 'malicious_csrf' } });
    expect(entries.map(({ detail }) => JSON.parse(detail))).toContainEqual({
      method: 'POST',
      path: '/forged/here/',
      perms: [],
      reason: 'The form was sent from https://evil.test, which is not trusted.',
    });
  });
});

describe('a request that only asks', () => {
  it.each(['page', 'handler'] as const)('may come to the %s by a link', async (kind) => {
    const headers = { referer: 'https://evil.test/', 'sec-fetch-site': 'cross-site' };
    expect((await probe(loginRequired).ask(kind, { cookie, headers })).ran).toBe(true);
  });
});
