import { authUser } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { insertSqlRows } from '@/lib/db/sql-delegate';
import { createSqlite, testEnvironment, withDatabase } from '@/tests/support/e2e/environment';
import { startServer } from '@/tests/support/e2e/server';
import { hiddenFields, multipart, send } from './client';

/** Costs of the stored hashes: of bcrypt 2^rounds, iterations of PBKDF2, N of scrypt, KiB of Argon2. */
type Costs = { rounds: number; iterations: number; scrypt: number; memory: number };
type Kind = { name: string; encoded: string | null; isActive?: boolean };

// Tries at one account before it would have to wait.
const TRIES_EACH = 4;
const PAGE = '/accounts/login/';
const SALT = 'abcdefghijklmnopqrstuv';

const LOWERED: Costs = { rounds: 8, iterations: 20_000, scrypt: 1024, memory: 4096 };
const REAL: Costs = { rounds: 12, iterations: 1_200_000, scrypt: 16_384, memory: 102_400 };

/**
 * Whether a wrong password tells by its time whose it is: for each kind of account in an adopted
 * database as many wrong sign-ins over HTTP, one after the other in turn; 200 with lowered costs of
 * hashing, 12 with Django's own. Each try comes from a network of its own.
 */
export async function measureRefusals(): Promise<void> {
  await measure('lowered costs', LOWERED, 200);
  await measure("Django's costs", REAL, 12);
}

async function measure(title: string, costs: Costs, tries: number): Promise<void> {
  const environment = {
    ...testEnvironment,
    BCRYPT_ROUNDS: String(costs.rounds),
    TRUSTED_PROXY_HOPS: '1',
  };
  Object.assign(process.env, environment);
  const kinds = kindsOf(costs);
  const database = await createSqlite();
  await withDatabase(database.url, () => createPeople(kinds, Math.ceil(tries / TRIES_EACH)));
  const server = await startServer(database.url, environment);
  const durations = new Map<string, number[]>();
  try {
    const hidden = hiddenFields((await send(server.url + PAGE)).body, 'username');
    // The first try of a process reads the table, starts the threads and compiles what it runs.
    for (let i = 0; i < 5; i += 1) await refused(server.url, hidden, `nobody-${i}`, i);
    for (let i = 0; i < tries; i += 1) {
      for (const [index, { name }] of kinds.entries()) {
        const from = 10 + i * kinds.length + index;
        const person = `${name} ${Math.floor(i / TRIES_EACH)}`;
        const duration = await refused(server.url, hidden, person, from);
        durations.set(name, [...(durations.get(name) ?? []), duration]);
      }
    }
  } finally {
    await server.stop();
    await database.remove();
  }
  report(`${title}, ${tries} tries each`, durations);
}

function kindsOf({ rounds, iterations, scrypt, memory }: Costs): Kind[] {
  const bcryptOf = (cost: number) =>
    `$2b$${String(cost).padStart(2, '0')}$${SALT.slice(0, 21)}u${'a'.repeat(31)}`;
  const pbkdf2Of = (share: number) =>
    `pbkdf2_sha256$${Math.round(iterations * share)}$${SALT}$${zeros(32)}`;
  const preferred = `bcrypt_sha256$${bcryptOf(rounds)}`;
  const bare = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [
    { name: 'unknown', encoded: null },
    { name: 'bcrypt_sha256', encoded: preferred },
    { name: 'bcrypt, a quarter', encoded: `bcrypt$${bcryptOf(rounds - 2)}` },
    { name: 'pbkdf2_sha256 as in Django 6', encoded: pbkdf2Of(1) },
    { name: 'pbkdf2_sha256 as in Django 3.2', encoded: pbkdf2Of(0.217) },
    { name: 'scrypt', encoded: `scrypt$${scrypt}$${SALT}$8$5$${zeros(64)}` },
    {
      name: 'argon2',
      encoded: `argon2$argon2id$v=19$m=${memory},t=2,p=8$${bare(SALT)}$${bare('x'.repeat(32))}`,
    },
    { name: 'inactive', encoded: preferred, isActive: false },
    { name: 'unusable', encoded: '!unusable' },
  ];
}

async function createPeople(kinds: readonly Kind[], each: number): Promise<void> {
  const data = kinds.flatMap(({ name, encoded, isActive = true }) =>
    encoded === null
      ? []
      : Array.from({ length: each }, (_, index) => ({
          ...authUser.newRow(),
          username: `${name} ${index}`,
          password: encoded,
          isActive,
        })),
  );
  await insertSqlRows(db, authUser, data);
}

/** Milliseconds of one wrong sign-in from the `from`-th network. */
async function refused(
  url: string,
  hidden: [string, string][],
  username: string,
  from: number,
): Promise<number> {
  const form = multipart([...hidden, ['username', username], ['password', 'wrong']]);
  const network = `198.${18 + Math.floor(from / 65_536)}.${Math.floor(from / 256) % 256}.${from % 256}`;
  const headers = { ...form.headers, origin: url, 'x-forwarded-for': network };
  const { status, body, duration } = await send(url + PAGE, { ...form, headers });
  if (status === 200 && body.includes('do not match')) return duration;
  throw new Error(`A wrong password was answered ${status}.`);
}

function report(title: string, durations: ReadonlyMap<string, number[]>): void {
  const medians = [...durations].map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b);
    return { name, least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
  });
  console.info(title);
  for (const { name, least, median } of medians) {
    console.info(`  ${name}: median ${median.toFixed(1)} ms, least ${least.toFixed(1)} ms`);
  }
  const all = medians.map(({ median }) => median);
  const apart = (Math.max(...all) / Math.min(...all) - 1) * 100;
  console.info(`  medians at most ${apart.toFixed(1)} % apart`);
}

function zeros(bytes: number): string {
  return Buffer.alloc(bytes).toString('base64');
}
