import fc from 'fast-check';
import { resetCookie, setPasswordPath } from '@/lib/contrib/auth/passwords/reset-cookie';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { send } from '../../support/attack/attacks';
import { nasty } from '../../support/attack/nasty';
import { formsOf, multipart } from '../../support/e2e/html-forms';
import { SEED } from '../../support/seed';
import { createUser, expect, sealedSession, test } from '../fixtures';

const RUNS = process.env['TEST_LONG'] ? 10_000 : 200;
const CHUNK = 100;
// At once, so that a page is made for one while another's password is computed.
const VISITORS = 4;

/** What is done to the typed fields of a form: other values, some missing, some twice, one unknown. */
const mutation = fc.record({
  form: fc.nat(),
  values: fc.array(nasty, { minLength: 6, maxLength: 6 }),
  dropped: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  repeated: fc.nat({ max: 7 }),
  unknown: fc.option(fc.tuple(fc.constantFrom('x', '__proto__', 'is_superuser', 'id'), nasty)),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;
type Fields = [name: string, value: string | Buffer][];
type Target = { path: string; who: string; fields: [name: string, value: string][] };

test('no bad value in a form of /accounts/ gives a fault or a half-written row', {
  tag: '@no-javascript-only',
}, async ({ server }) => {
  if (process.env['TEST_LONG']) test.setTimeout(1_800_000);
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => visit(server.url)));
  const before = await accounts();
  let sent = 0;
  while (sent < RUNS) {
    const numRuns = Math.min(CHUNK, RUNS - sent);
    const changes = fc.sample(mutation, { numRuns, seed: SEED + sent });
    await Promise.all(
      visitors.map(async ({ targets, comeBack }, visitor) => {
        for (const [index, change] of changes.entries()) {
          if (index % VISITORS !== visitor) continue;
          const target = targets[change.form % targets.length] as Target;
          const answer = await post(server.url, target, change);
          await comeBack();
          const what = `${target.path}, number ${index} of seed ${SEED + sent}`;
          expect(answer.status, what).toBeLessThan(500);
          expect(answer.body, what).not.toMatch(/\n\s+at .+:\d+:\d+|PrismaClient|node_modules/);
        }
      }),
    );
    sent += numRuns;
    await db.throttle.deleteMany();
  }
  console.info(`fuzz: ${sent} forms sent, seed ${SEED}`);
  expect(await accounts()).toBe(before);
});

/** Somebody with sessions and an opened reset link, and the forms of the pages that are theirs. */
async function visit(url: string): Promise<{ targets: Target[]; comeBack(): Promise<void> }> {
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
    [setPasswordPath(uidb64), `${resetCookie.name(false)}=${await resetCookie.seal(link)}`],
  ];
  const targets: Target[] = [];
  for (const [path, who] of visits) {
    const page = await send(url, { what: '', method: 'GET', path, headers: {} }, who);
    for (const { fields } of formsOf(page.body)) targets.push({ path, who, fields });
  }
  expect(new Set(targets.map(({ path }) => path)).size).toBe(visits.length);
  const [row] = await db.session.findMany({ where: { userId: user.id }, orderBy: { id: 'asc' } });
  return {
    targets,
    // Signing out and ending sessions do what they are for: the session comes back.
    async comeBack() {
      const isGone = row && (await db.session.count({ where: { id: row.id } })) === 0;
      if (isGone) await db.session.create({ data: row });
    },
  };
}

function post(url: string, { path, who, fields }: Target, change: Mutation) {
  const [kept, typed] = partition(fields, ([name]) => name.startsWith('$ACTION'));
  const changed = typed.flatMap(([name], i): Fields => {
    if (change.dropped[i % 6]) return [];
    const part: Fields[number] = [name, change.values[i % 6] ?? ''];
    return change.repeated === i ? [part, part] : [part];
  });
  const extra = change.unknown ? [change.unknown as Fields[number]] : [];
  const { headers, body } = multipart([...kept, ...changed, ...extra]);
  const attack = { what: 'fuzz', method: 'POST', path, body };
  return send(url, { ...attack, headers: { ...headers, origin: url } }, who);
}

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
