import fc from 'fast-check';
import type { User } from '@/lib/contrib/auth/models';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { createArticle } from '@/lib/site/articles/models';
import {
  type Call,
  callsOf,
  type Described,
  faultOf,
} from '../../integration/extras/tokens/generated-calls';
import { bearer, tokenRow } from '../../integration/extras/tokens/token-rows';
import { SEED } from '../../support/seed';
import { createUser, expect, sealedSession, test } from '../fixtures';

const RUNS = process.env['TEST_LONG'] ? 5000 : 40;
// One token may ask only so often a minute.
const TOKENS = 40;
const ALL = ['view', 'add', 'change', 'delete', 'publish'].map(
  (act) => `articles.${act}_article` as 'articles.view_article',
);

const tokenOf = async (user: User, perms = ALL, row = {}) =>
  bearer((await tokenRow(user, perms, row)).text);

test('the served description holds over HTTP too, whatever is sent', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  test.setTimeout(1_800_000);
  const { user } = await createUser({ permissions: ALL });
  for (const title of ['one', 'two', 'three']) await createArticle(user, { title, body: 'text' });
  const all: Record<string, string>[] = [];
  for (let i = 0; i < TOKENS; i += 1) all.push(await tokenOf(user));
  const who = {
    all: all[0] ?? {},
    reader: await tokenOf(user, ['articles.view_article']),
    elsewhere: await tokenOf(user, ALL, { networks: '203.0.113.0/24' }),
    ended: await tokenOf(user, ALL, { revoked: new Date() }),
    browser: {
      cookie: `${sessionCookieName(false)}=${await sealedSession(user)}`,
      origin: server.url,
    },
    stranger: {},
    malformed: { authorization: 'Bearer' },
  };
  const schema = await fetch(`${server.url}/api/schema/`, { headers: who.reader });
  const served: Described = await schema.json();
  let asked = 0;
  const send = async ({ method, path, headers, json }: Call) => {
    asked += 1;
    const sent = headers === who.all ? all[asked % TOKENS] : headers;
    const response = await fetch(server.url + path, {
      method,
      redirect: 'manual',
      headers: { ...sent, ...(json !== undefined && { 'content-type': 'application/json' }) },
      body: json === undefined ? null : JSON.stringify(json),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
  const answered = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(callsOf(served, who), async (call) => {
      const answer = await send(call);
      answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
      expect(faultOf(served, call, answer)).toBe('');
    }),
    { numRuns: RUNS, seed: SEED },
  );
  if (process.env['TEST_LONG']) console.info(Object.fromEntries(answered));
  expect(answered.get(200)).toBeGreaterThan(0);
  expect(answered.get(403)).toBeGreaterThan(0);
});
