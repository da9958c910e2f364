import fc from 'fast-check';
import { resetCookieName, sealResetLink, setPasswordPath } from '@/lib/auth/reset-cookie';
import { defaultTokenGenerator, encodeUid } from '@/lib/auth/tokens';
import { db } from '@/lib/db/client';
import { sessionCookieName } from '@/lib/sessions/cookie';
import { send } from '../setup/e2e/attacks';
import { formsOf, multipart } from '../setup/e2e/html-forms';
import { createUser, expect, sealedSession, test } from './fixtures';

const RUNS = process.env['TEST_LONG'] ? 10_000 : 300;
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 0, max: 60_000 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\0',
      'a\0b',
      '%00',
      '\u202e',
      '\ufeff',
      'ﬀ',
      '½',
      '\ud800',
      '1e999',
      '-1',
      'null',
    ],
    ...['99999999999', "' OR 1=1 --", '<script>', '{{7*7}}', '../../etc/passwd', '//evil.example'],
    ...[
      '__proto__',
      'constructor',
      'a@b@c.d',
      '"q"@x.org',
      'a@localhost',
      `${'x'.repeat(310)}@x.org`,
    ],
  ),
);

/** What is done to the typed fields of a form: other values, some missing, some twice, one unknown. */
const mutation = fc.record({
  values: fc.array(nasty, { minLength: 6, maxLength: 6 }),
  dropped: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  repeated: fc.nat({ max: 7 }),
  unknown: fc.option(fc.tuple(fc.constantFrom('x', '__proto__', 'is_superuser', 'id'), nasty)),
});

test('no bad value in a form of /accounts/ gives a fault or a half-written row', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  test.setTimeout(1_800_000);
  const { user } = await createUser();
  const cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
  await sealedSession(user);
  const uidb64 = encodeUid(user.id);
  const link = { uidb64, token: defaultTokenGenerator.makeToken(user) };
  const visits: [path: string, cookie: string][] = [
    ['/accounts/login/', ''],
    ['/accounts/logout/', cookie],
    ['/accounts/password_change/', cookie],
    ['/accounts/password_reset/', ''],
    ['/accounts/sessions/', cookie],
    [setPasswordPath(uidb64), `${resetCookieName(false)}=${await sealResetLink(link)}`],
  ];
  const targets = [];
  for (const [path, who] of visits) {
    const page = await send(server.url, { what: '', method: 'GET', path, headers: {} }, who);
    for (const { fields } of formsOf(page.body)) targets.push({ path, who, fields });
  }
  expect(new Set(targets.map(({ path }) => path)).size).toBe(visits.length);
  const [row] = await db.session.findMany({ where: { userId: user.id }, orderBy: { id: 'asc' } });
  const before = await accounts();
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...targets), mutation, async (target, change) => {
      const [kept, typed] = partition(target.fields, ([name]) => name.startsWith('$ACTION'));
      const changed = typed.flatMap(([name], i): [string, string | Buffer][] => {
        if (change.dropped[i % 6]) return [];
        const part: [string, string | Buffer] = [name, change.values[i % 6] ?? ''];
        return change.repeated === i ? [part, part] : [part];
      });
      const extra = change.unknown ? [change.unknown as [string, string | Buffer]] : [];
      const { headers, body } = multipart([...kept, ...changed, ...extra]);
      const attack = { what: 'fuzz', method: 'POST', path: target.path, body };
      const answer = await send(
        server.url,
        { ...attack, headers: { ...headers, origin: server.url } },
        target.who,
      );
      sent += 1;
      if (sent % 100 === 0) await db.throttle.deleteMany();
      // Signing out and ending sessions do what they are for: the session comes back.
      const isGone = row && (await db.session.count({ where: { id: row.id } })) === 0;
      if (isGone) await db.session.create({ data: row });
      expect(answer.status, target.path).toBeLessThan(500);
      expect(answer.body).not.toMatch(/\n\s+at .+:\d+:\d+|PrismaClient|node_modules/);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  console.info(`fuzz: ${sent} forms sent, seed ${SEED}`);
  expect(await accounts()).toBe(before);
});

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

async function accounts(): Promise<string> {
  const users = await db.user.findMany({ omit: { password: false }, orderBy: { id: 'asc' } });
  const rows = users.map(({ password, lastLogin: _lastLogin, ...row }) => [
    row,
    password.split('$')[0],
  ]);
  return JSON.stringify([rows, await db.group.count(), await db.permission.count()]);
}
