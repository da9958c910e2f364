import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { env } from '@/lib/conf/env';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { readPostgresqlAddress } from './address';
import { emptyingScript } from './emptying';
import { libpqVariables } from './libpq';

/** As much of PostgreSQL's own client as a backup needs. */
type Program = 'pg_dump' | 'pg_restore' | 'psql';

/** Prisma's own choice where the address names no schema. */
const DEFAULT_SCHEMA = 'public';

/**
 * Write the schema of an address into a new archive of `pg_dump`, which only its owner can read, and which is
 * whole or not there. Throws ImproperlyConfigured where the program is missing or fails; it has said why
 * on stderr.
 * Django: none; django-dbbackup: PgDumpBinaryConnector
 */
export function backUpPostgresql(address: string, target: string): void {
  const part = `${target}.part`;
  const umask = process.umask(0o077);
  try {
    // A file that stays of one that was cut off keeps its rights.
    rmSync(part, { force: true });
    const pattern = `"${schemaOf(address).replaceAll('"', '""')}"`;
    const { error, status } = spawnSync(
      'pg_dump',
      ['--format=custom', '--no-owner', '--no-privileges', `--schema=${pattern}`, `--file=${part}`],
      { stdio: ['ignore', 'inherit', 'inherit'], env: environment(address) },
    );
    const failed = faultOf('pg_dump', error, status);
    if (failed) throw failed;
    renameSync(part, target);
  } finally {
    process.umask(umask);
    rmSync(part, { force: true });
  }
}

/**
 * Put an archive of `backUpPostgresql` in the place of what stands in the schema of an address, in one
 * transaction: other schemas stay as they are. Throws ImproperlyConfigured where a program is missing or
 * fails, for a file that is no archive of that schema, and where something outside the schema needs what
 * stands in it; nothing is changed then.
 * Django: none; django-dbbackup: PgDumpBinaryConnector
 */
export async function restorePostgresql(file: string, address: string): Promise<void> {
  if (!existsSync(file)) throw new ImproperlyConfigured(`There is no file ${file}.`);
  const schema = schemaOf(address);
  const read = [`--schema=${schema}`, '--no-owner', '--no-privileges', '--file=-', file];
  const options = { env: environment(address) };
  const tables = tablesOf(file, schema, { read, ...options });
  const from = spawn('pg_restore', read, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  const to = spawn(
    'psql',
    [
      ...['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1'],
      ...[`--command=${emptyingScript(schema, tables)}`, '--file=-'],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'], ...options },
  );
  // A psql that fails reads no further, and says why by itself.
  to.stdin.on('error', () => {});
  const writing = fault('psql', to);
  const reading = fault('pg_restore', from);
  const passed = pipeline(from.stdout, to.stdin, { end: false }).then(
    () => true,
    () => false,
  );
  // At the end of what it reads psql commits: of an archive that breaks off it must not see one.
  if ((await reading) === null && (await passed)) to.stdin.end();
  else to.kill('SIGKILL');
  const written = await writing;
  const found = to.signalCode === 'SIGKILL' ? ((await reading) ?? written) : written;
  if (found) throw found;
}

/** The schema that a backup of an address holds. */
export function schemaOf(address: string): string {
  return readPostgresqlAddress(address).schema ?? DEFAULT_SCHEMA;
}

type Reading = { read: string[]; env: NodeJS.ProcessEnv };

// The statements alone, without a row.
function tablesOf(file: string, schema: string, { read, env }: Reading): string {
  const { error, status, stdout } = spawnSync('pg_restore', ['--schema-only', ...read], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env,
  });
  const failed = faultOf('pg_restore', error, status);
  if (failed) throw failed;
  if (!/^CREATE TABLE .*\._prisma_migrations \($/m.test(stdout)) {
    throw new ImproperlyConfigured(`${file} is no backup of the schema ${schema} of this site.`);
  }
  return stdout;
}

async function fault(program: Program, child: ChildProcess): Promise<ImproperlyConfigured | null> {
  try {
    const [status] = await once(child, 'close');
    return faultOf(program, undefined, status);
  } catch (error) {
    return faultOf(program, error, null);
  }
}

function faultOf(
  program: Program,
  error: unknown,
  status: number | null,
): ImproperlyConfigured | null {
  if (error) {
    return new ImproperlyConfigured(
      `${program} is not installed; it comes with PostgreSQL's client, of the server's version.`,
      { cause: error },
    );
  }
  if (status === 0) return null;
  return new ImproperlyConfigured(`${program} failed; its message is above.`);
}

// The password goes by the environment, where other users of the machine do not see it.
function environment(address: string): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', ...env.forPrograms(), ...libpqVariables(address) };
}
