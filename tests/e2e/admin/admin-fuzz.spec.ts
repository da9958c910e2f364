import fc from 'fast-check';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { formsIn, mainOf } from '../../support/admin-script/page-forms';
import { type Attack, send } from '../../support/attack/attacks';
import {
  type BadRequest,
  badAddress,
  badForm,
  badRequest,
} from '../../support/attack/bad-requests';
import { SEED } from '../../support/seed';
import { createUser, expect, sealedSession, test } from '../fixtures';

const RUNS = process.env['TEST_LONG'] ? 20_000 : 160;
const CHUNK = 120;
const VISITORS = 3;

const AUTOCOMPLETE = '/admin/autocomplete/?app_label=articles&model_name=article&field_name=author';

/** Pages and handlers that only read; `…` stands for an id of the model before it. */
const READ = [
  ...['user', 'group'].flatMap((model) =>
    ['', 'change/', 'delete/', 'history/'].map((page) => `/admin/auth/${model}/…/${page}`),
  ),
  ...['', 'change/', 'history/'].map((page) => `/admin/auth/permission/…/${page}`),
  ...['', 'change/', 'history/'].map((page) => `/admin/articles/article/…/${page}`),
  ...['/admin/auth/user/…/password/', '/admin/auth/user/…/permissions/', '/admin/…/'],
  ...['/admin/auth/permission/…/holders/', '/admin/auth/matrix/', '/admin/auth/…/', '/admin/'],
  ...[AUTOCOMPLETE, '/admin/palette/', '/admin/auth/user/export/', '/admin/auth/user/'],
  ...['/admin/auth/group/', '/admin/auth/user/add/', '/admin/auth/group/add/'],
  ...['/admin/sessions/session/…/change/', '/admin/admin/logentry/…/change/', '/admin/login/'],
];

type Target = { name: string; of(bad: BadRequest): Omit<Attack, 'what'> };

test('no bad query, id or field in the admin is a fault', { tag: '@no-javascript-only' }, async ({
  server,
}) => {
  if (process.env['TEST_LONG']) test.setTimeout(3_600_000);
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => visit(server.url)));
  const seen = new Map<string, Set<number>>();
  for (let done = 0; done < RUNS; done += CHUNK) {
    const bad = fc.sample(badRequest, { numRuns: Math.min(CHUNK, RUNS - done), seed: SEED + done });
    await Promise.all(
      visitors.map(async ({ targets, cookie, comeBack }, visitor) => {
        for (const [index, each] of bad.entries()) {
          const target = targets[(done + index) % targets.length];
          if (index % VISITORS !== visitor || !target) continue;
          const sent = target.of(each);
          const { status, body } = await send(server.url, { what: 'fuzz', ...sent }, cookie);
          if (sent.method === 'POST') await comeBack();
          const what = `${sent.method} ${sent.path}, number ${index} of seed ${SEED + done}`;
          expect(status, what).toBeLessThan(500);
          expect(body, what).not.toMatch(/\n\s+at .+:\d+:\d+|PrismaClient|node_modules/);
          seen.set(target.name, (seen.get(target.name) ?? new Set()).add(status));
        }
      }),
    );
  }
  const unread = [...seen].filter(([, statuses]) => ![...statuses].some((each) => each < 400));
  if (process.env['TEST_LONG']) expect(unread, 'targets that were never read').toEqual([]);
  console.info(`admin fuzz: ${RUNS} requests to ${seen.size} targets, seed ${SEED}`);
});

/** A superuser, rows that may come to harm, and what can be sent to their pages. */
async function visit(url: string) {
  const { user: root } = await createUser({ isStaff: true, isSuperuser: true });
  const cookie = `${sessionCookieName(false)}=${await sealedSession(root)}`;
  const { user } = await createUser();
  const group = await db.group.create({ data: { name: `fuzzed ${root.username}` } });
  const now = new Date();
  const text = { title: 'Fuzzed', body: 'Fuzzed', isPublished: false };
  const article = await db.article.create({ data: { ...text, created: now, modified: now } });
  const ofRows = Object.entries({
    '/admin/auth/user/': user.id,
    '/admin/auth/group/': group.id,
    '/admin/articles/article/': article.id,
  }).flatMap(([path, id]) => [path, `${path}add/`, `${path}${id}/change/`, `${path}${id}/delete/`]);
  const forms = [
    ...ofRows,
    `/admin/auth/user/${user.id}/password/`,
    `/admin/auth/matrix/?group=${group.id}`,
    `/admin/auth/matrix/?user=${user.id}&plain=1`,
  ];
  const targets: Target[] = [];
  for (const path of forms) {
    const page = await send(url, { what: '', method: 'GET', path, headers: {} }, cookie);
    const form = formsIn(mainOf(page.body)).find(({ method }) => method === 'post');
    if (!form) throw new Error(`${path} (${page.status}) has no form.`);
    targets.push({
      name: `the form of ${path.replace(/\d+/, '…')}`,
      of(bad) {
        const { headers, body } = badForm(form, bad);
        return { method: 'POST', path, headers: { ...headers, origin: url }, body };
      },
    });
  }
  for (const path of READ) {
    const before = /(\w+)\/…/.exec(path)?.[1] ?? '';
    const ids = {
      user: user.id,
      group: group.id,
      article: article.id,
      admin: 'auth',
      auth: 'user',
    };
    const id = String(new Map(Object.entries(ids)).get(before) ?? 1);
    const of = (bad: BadRequest) => ({
      method: 'GET',
      path: badAddress(path, id, bad),
      headers: {},
    });
    targets.push({ name: path, of });
  }
  return { targets, cookie, comeBack: await keeper({ root, user, group, article }) };
}

type Kept = Record<'root' | 'user' | 'group' | 'article', { id: number }>;

/** Brings back whoever sends, as they were, and the rows that were deleted. */
async function keeper({ root, user, group, article }: Kept): Promise<() => Promise<void>> {
  const [sender, session, victim, club, text] = await Promise.all([
    db.user.findUniqueOrThrow({ where: { id: root.id }, omit: { password: false } }),
    db.session.findFirstOrThrow({ where: { userId: root.id } }),
    db.user.findUniqueOrThrow({ where: { id: user.id }, omit: { password: false } }),
    db.group.findUniqueOrThrow({ where: { id: group.id } }),
    db.article.findUniqueOrThrow({ where: { id: article.id } }),
  ]);
  return async () => {
    const where = { id: root.id };
    const now = await db.user.findUnique({ where, omit: { password: false } });
    if (JSON.stringify(now) !== JSON.stringify(sender)) {
      await db.user.upsert({ where, create: sender, update: sender });
    }
    const [kept, someone, team, writing] = await Promise.all([
      db.session.findUnique({ where: { id: session.id } }),
      db.user.findUnique({ where: { id: victim.id } }),
      db.group.findUnique({ where: { id: club.id } }),
      db.article.findUnique({ where: { id: text.id } }),
    ]);
    if (!kept) await db.session.create({ data: session });
    if (!someone) await db.user.create({ data: victim });
    if (!team) await db.group.create({ data: club });
    if (!writing) await db.article.create({ data: text });
  };
}
