import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { hashOf, makeTokenText, startOf } from '@/lib/extras/tokens/token-text';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import manifest from '../package.json' with { type: 'json' };
import { send } from './client';
import { loadBy, median, percentile } from './load';
import { type ApiPeer, startBetterAuth, startDjangoRest } from './peers/api-peers';
import { type ProbedServer, startProbed } from './probe';

const LIST = '/api/articles/';
const CHECK = '/api/token/check/';
const SIZE = { people: 100, articles: 1000 };
const AT_ONCE = 16;
const WARM_UP = 400;
// Ahead, so that no use is noted: of one token that is once a minute, of a hundred it would be all the time.
const LAST_USED_IN_MS = 24 * 3_600_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 6);
const SECONDS = 3;

type Round = { perSecond: number; p50: number; p99: number; cpu: number; statements: number };
type Measured = Pick<ApiPeer, 'name' | 'url' | 'headers'> & {
  server?: ProbedServer;
  rounds: Round[];
  kB: number;
};

/**
 * The list of articles for a program: a hundred people who view articles by a group, a token each, a
 * thousand articles, twenty of them in each answer, on SQLite and one process. Beside it the same list
 * behind better-auth's API keys and behind Django REST framework, all in turns. Beside these the
 * answer of what a token is, which fails the run when it takes more than a statement for the token and
 * one for what its owner holds.
 */
export async function measureTokens(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  const database = await createSqlite();
  const peers: ApiPeer[] = [];
  const servers: ProbedServer[] = [];
  try {
    const texts = await withDatabase(database.url, prepare);
    const headers = texts.map((text) => ({ authorization: `Bearer ${text}` }));
    peers.push(await startBetterAuth(manifest.dependencies.next, SIZE));
    const django = await startDjangoRest(SIZE);
    if (django) peers.push(django);
    else console.info('No Python here has Django REST framework and gunicorn.');
    const server = await startProbed(database.url);
    servers.push(server);
    const measured: Measured[] = [
      ...[LIST, CHECK].map((path) => ({ name: path, url: server.url + path, headers, server })),
      ...peers,
    ].map((each) => ({ ...each, rounds: [], kB: 0 }));
    for (const each of measured) {
      const [first = {}] = each.headers;
      each.kB = (await send(each.url, { headers: first })).body.length / 1000;
      await loadBy(asked(each), { atOnce: AT_ONCE, requests: WARM_UP });
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = round % 2 === 0 ? measured : measured.toReversed();
      for (const each of order) each.rounds.push(await runRound(each));
    }
    report(measured);
  } finally {
    for (const server of servers) await server.stop();
    for (const peer of peers) await peer.stop();
    await database.remove();
  }
}

/** Each of them in turn: one token may ask only so often a minute. */
function asked({ url, headers }: Measured) {
  let next = 0;
  return async () => {
    const answer = await send(url, { headers: headers[next++ % headers.length] ?? {} });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
    return answer;
  };
}

async function runRound(each: Measured): Promise<Round> {
  const before = await each.server?.probe();
  const { perSecond, durations } = await loadBy(asked(each), { atOnce: AT_ONCE, seconds: SECONDS });
  const after = await each.server?.probe();
  const of = (name: 'cpu' | 'statements') =>
    before && after ? (after[name] - before[name]) / durations.length : Number.NaN;
  return {
    perSecond,
    p50: percentile(durations, 0.5),
    p99: percentile(durations, 0.99),
    cpu: of('cpu'),
    statements: of('statements'),
  };
}

async function prepare(): Promise<string[]> {
  const { id: permissionId } = await db.permission.findFirstOrThrow({
    where: { codename: 'view_article' },
  });
  const group = { name: 'Readers', permissions: { create: { permissionId } } };
  const { id: groupId } = await db.group.create({ data: group });
  const texts: string[] = [];
  for (let i = 0; i < SIZE.people; i += 1) {
    const { id: userId } = await users.createUser({ username: `user${i}`, password: null });
    await db.userGroup.create({ data: { userId, groupId } });
    const text = makeTokenText();
    const created = new Date();
    const lastUsed = new Date(created.getTime() + LAST_USED_IN_MS);
    const token = { userId, name: 'bench', start: startOf(text), tokenHash: hashOf(text) };
    const { id: tokenId } = await db.token.create({
      data: { ...token, isFull: false, networks: '', created, lastUsed, lastUsedIp: '' },
    });
    await db.tokenPermission.create({ data: { tokenId, permissionId } });
    texts.push(text);
  }
  const { id: authorId } = await db.user.findFirstOrThrow();
  const now = new Date();
  const body = 'words '.repeat(20);
  await db.article.createMany({
    data: Array.from({ length: SIZE.articles }, (_, i) => {
      const title = `Article ${i}`;
      return { title, body, authorId, isPublished: true, created: now, modified: now };
    }),
  });
  return texts;
}

function report(measured: readonly Measured[]): void {
  const [ours, check] = measured;
  if (!ours || !check) throw new Error('Nothing was measured.');
  console.info(
    `${AT_ONCE} at once, medians of ${ROUNDS} turns of ${SECONDS} s; CPU of all threads`,
  );
  console.info(`${'asked'.padEnd(44)}  req/s  p50 ms  p99 ms  CPU ms  statements      kB`);
  for (const { name, rounds, kB } of measured) {
    const of = (figure: keyof Round) => median(rounds.map((round) => round[figure]));
    const shown = (value: number, digits: number) =>
      Number.isNaN(value) ? '' : value.toFixed(digits);
    const figures = [
      shown(of('perSecond'), 0).padStart(6),
      shown(of('p50'), 1).padStart(7),
      shown(of('p99'), 1).padStart(7),
      shown(of('cpu'), 1).padStart(7),
      shown(of('statements'), 2).padStart(11),
      shown(kB, 1).padStart(7),
    ];
    console.info(`${name.padEnd(44)} ${figures.join(' ')}`);
  }
  for (const peer of measured.filter(({ server }) => !server)) {
    const turns = ours.rounds.map((round, i) => {
      const other = peer.rounds[i];
      return other ? round.perSecond / other.perSecond : Number.NaN;
    });
    console.info(`${LIST} is ${median(turns).toFixed(2)} times ${peer.name}.`);
  }
  if (median(check.rounds.map(({ statements }) => statements)) > 2) {
    console.error('A token takes more than a statement, beside that of what its owner holds.');
    process.exitCode = 1;
  }
}
