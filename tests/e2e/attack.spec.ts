import { settings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { sessionCookieName } from '@/lib/sessions/cookie';
import { type Answer, type Attack, addresses, disguises, send } from '../setup/e2e/attacks';
import { testEnvironment } from '../setup/e2e/environment';
import { formsOf, multipart } from '../setup/e2e/html-forms';
import { type RunningServer, startServer } from '../setup/e2e/server';
import { buildVariant } from '../setup/e2e/variant';
import { createUser, expect, sealedSession, test } from './fixtures';

const CANARY = 'Canary-4711';
const TAG = { tag: '@no-javascript-only' };
const SHORT_RUN = 1500;
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);

type World = { paths: string[]; visitors: [name: string, cookie: string][]; actions: Attack[] };

/** Private things with a canary in each, and three visitors who may see none of them. */
async function makeWorld(server: RunningServer): Promise<World> {
  const now = new Date();
  const author = await createUser({
    username: `${CANARY}-author-${crypto.randomUUID().slice(0, 4)}`,
    permissions: [
      'articles.view_article',
      'articles.add_article',
      'articles.change_article',
      'articles.publish_article',
    ],
  });
  const { id } = await db.article.create({
    data: { title: CANARY, body: CANARY, isPublished: false, created: now, modified: now },
  });
  const cookieOf = (value: string) => `${sessionCookieName(false)}=${value}`;
  const authors = cookieOf(await sealedSession(author.user));
  const plain = await createUser();
  const stale = await createUser({ permissions: ['articles.view_article'] });
  const visitors: World['visitors'] = [
    ['stranger', ''],
    ['plain user', cookieOf(await sealedSession(plain.user))],
    ['stale session', cookieOf(await sealedSession(stale.user))],
  ];
  await db.session.deleteMany({ where: { userId: stale.user.id } });
  const paths = addresses({ id: String(id), path: 'no/such/page' });
  const actions: Attack[] = [];
  for (const path of [`/dashboard/articles/${id}/`, `/dashboard/articles/${id}/change/`]) {
    const page = await send(server.url, { what: '', method: 'GET', path, headers: {} }, authors);
    expect(page.body).toContain(CANARY);
    const fields = formsOf(page.body)[0]?.fields ?? [];
    expect(fields.some(([name]) => name.startsWith('$ACTION'))).toBe(true);
    // The initial state of a form travels in its fields: what is sent along comes back.
    const sent = fields.map(([name, value]): [string, string] => [
      name,
      value.replaceAll(CANARY, 'x'),
    ]);
    const typed: [string, string][] = [...sent, ['title', 'forged'], ['body', 'forged']];
    for (const target of ['/', '/accounts/login/', '/dashboard/', path]) {
      actions.push({
        what: `action of ${path}`,
        method: 'POST',
        path: target,
        ...multipart(typed),
      });
    }
  }
  return { paths, visitors, actions };
}

/** What is wrong with an answer, if anything: a private byte, one that a cache may keep, a fault of ours. */
function fault({ attack, cookie, isForeign }: Try, answer: Answer, hasMiddleware: boolean) {
  if (answer.body.includes(CANARY) || JSON.stringify(answer.headers).includes(CANARY)) {
    return 'a private byte';
  }
  const caching = answer.headers['cache-control'] ?? '';
  const isPage = answer.status === 200 && /text\/(html|x-component)/.test(typeOf(answer));
  if (isPage && cookie && !(caching.includes('private') && caching.includes('no-store'))) {
    return `cached: ${caching}`;
  }
  // Next.js itself refuses what it cannot decode, and without the middleware a foreign Origin, with a bare 500.
  const isRefusal = /Internal Server Error$/.test(answer.body.trim());
  const isNexts =
    attack.method === 'OPTIONS' ||
    (isRefusal && (isUndecodable(attack) || (isForeign && !hasMiddleware)));
  if (answer.status >= 500 && !isNexts) return `status ${answer.status}`;
  return /\n\s+at .+:\d+:\d+/.test(answer.body) ? 'a stack trace' : null;
}

function typeOf({ headers }: Answer): string {
  return headers['content-type'] ?? '';
}

function isUndecodable({ path }: Attack): boolean {
  return path.includes('%00') || path.includes('\\');
}

type Try = { visitor: string; cookie: string; attack: Attack; isForeign: boolean };

/** Every attack that there is; in a short run as many as are asked for, drawn with a seed, and all that post. */
function draw(tries: readonly Try[]): Try[] {
  const random = seeded(SEED);
  const posts = tries.filter(({ attack }) => attack.body);
  const others = tries.filter(({ attack }) => !attack.body);
  const order = others.map((each) => ({ each, at: random() })).sort((a, b) => a.at - b.at);
  const drawn = order.map(({ each }) => each);
  return [
    ...posts,
    ...(process.env['TEST_LONG'] ? drawn : drawn.slice(0, SHORT_RUN - posts.length)),
  ];
}

// Park and Miller's generator: good enough to draw lots.
function seeded(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

async function attackAll(server: RunningServer, hasMiddleware: boolean) {
  const { paths, visitors, actions } = await makeWorld(server);
  const isPublic = (path: string) => settings.PUBLIC_PATHS.includes(path);
  const attacks = [...paths.filter((path) => !isPublic(path)).flatMap(disguises), ...actions];
  const before = await contents();
  const faults: string[] = [];
  const all = visitors.flatMap(([visitor, cookie]) =>
    [server.url, 'https://evil.example', null].flatMap((origin) =>
      (origin === server.url ? attacks : actions).map((attack) => ({
        visitor,
        cookie,
        isForeign: origin === 'https://evil.example',
        attack: origin === null ? attack : { ...attack, headers: { ...attack.headers, origin } },
      })),
    ),
  );
  const tries = draw(all);
  await inTurns(8, tries, async (each) => {
    const { attack, visitor, cookie } = each;
    const found = fault(each, await send(server.url, attack, cookie), hasMiddleware);
    if (found) faults.push(`${visitor}: ${attack.what} ${attack.path}: ${found}`);
  });
  if ((await contents()) !== before) faults.push('something was changed');
  const how = hasMiddleware ? 'with' : 'without';
  console.info(
    `attack suite: ${tries.length} of ${all.length} requests ${how} middleware.ts, seed ${SEED}, ${faults.length} faults`,
  );
  expect(tries.length).toBeGreaterThanOrEqual(SHORT_RUN);
  expect(faults).toEqual([]);
}

async function inTurns<T>(
  workers: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const run = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, run));
}

async function contents(): Promise<string> {
  const articles = await db.article.findMany({ orderBy: { id: 'asc' } });
  return JSON.stringify([articles, await db.user.count(), await db.group.count()]);
}

test(
  'no disguise of a request gets past the guards, with middleware.ts',
  TAG,
  async ({ server }) => {
    test.setTimeout(300_000);
    await attackAll(server, true);
  },
);

// It takes a build of its own, so it runs with test:long.
if (process.env['TEST_LONG']) {
  test(
    'no disguise of a request gets past the guards, without middleware.ts',
    TAG,
    async ({ server }) => {
      test.setTimeout(600_000);
      const { folder, remove } = buildVariant({ 'middleware.ts': null }, testEnvironment);
      const bare = await startServer(server.databaseUrl, {}, folder);
      try {
        await attackAll(bare, false);
      } finally {
        await bare.stop();
        remove();
      }
    },
  );
}
