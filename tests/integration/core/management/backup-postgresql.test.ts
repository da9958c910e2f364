import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as backup } from '@/lib/core/management/commands/backup';
import { command as restore } from '@/lib/core/management/commands/restore';
import { closeDb, db } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { emptyDatabase, freshDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

/** The major version of the client of this machine; null where one of its programs is missing. */
function clientVersion(): number | null {
  const said = ['pg_dump', 'pg_restore', 'psql'].map(
    (name) => spawnSync(name, ['--version'], { encoding: 'utf8' }).stdout,
  );
  return said.every(Boolean) ? Number(/ (\d+)/.exec(said[0] ?? '')?.[1]) : null;
}

const TENANT = 'My tenant';

describe.skipIf(testDatabase !== 'postgresql')('a backup of PostgreSQL', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-dump-'));
  const at = (name: string) => path.join(folder, name);
  const names = async () =>
    (await db.user.findMany({ orderBy: { id: 'asc' } })).map((u) => u.username);
  const add = (username: string) => users.createUser({ username, password: null });
  const sql = (statement: string) => db.$executeRawUnsafe(statement);
  const nameAddress = async (address: string) => {
    await closeDb();
    process.env['DATABASE_URL'] = address;
  };
  let why = '';

  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(freshDatabase);
  beforeAll(async () => {
    const [row] = await db.$queryRaw<{ version: string }[]>`
      SELECT current_setting('server_version') AS version`;
    const version = Number.parseInt(row?.version ?? '', 10);
    const client = clientVersion();
    if (client === version) return;
    why = `The client of PostgreSQL is ${client ?? 'not there'}, and the server ${version}.`;
    console.warn(`SKIPPED, backups of a real PostgreSQL: ${why}`);
  });

  it('is put back whole, without what came later, and leaves other schemas alone', async ({
    skip,
  }) => {
    skip(why !== '', why);
    await sql('CREATE SCHEMA neighbour');
    await sql('CREATE TABLE neighbour.auth_user (name text)');
    await sql('CREATE INDEX ON neighbour.auth_user USING gin (name public.gin_trgm_ops)');
    await add('ada');
    expect(await run(backup, [at('public')])).toMatchObject({ status: 0 });
    await add('grace');
    await sql('CREATE TABLE later (user_id integer REFERENCES auth_user)');
    await sql("CREATE FUNCTION newer() RETURNS text LANGUAGE sql AS 'SELECT NULL::text'");
    expect(await run(restore, [at('public'), '--noinput'])).toMatchObject({ status: 0 });
    expect(await names()).toEqual(['ada']);
    await add('after');
    const left = await db.$queryRaw`
      SELECT to_regclass('later')::text AS later, to_regproc('newer')::text AS newer,
        (SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'neighbour') AS neighbour`;
    expect(left).toEqual([{ later: null, newer: null, neighbour: 1 }]);
  });

  it('is not put back where another schema needs what it would take away', async ({ skip }) => {
    skip(why !== '', why);
    const before = await names();
    await sql('CREATE VIEW neighbour.people AS SELECT username FROM auth_user');
    await expect(run(restore, [at('public'), '--noinput'])).rejects.toThrow('psql failed');
    await sql('DROP VIEW neighbour.people');
    expect(await names()).toEqual(before);
  });

  it('changes nothing when it is cut, or no backup', async ({ skip }) => {
    skip(why !== '', why);
    const before = await names();
    const whole = readFileSync(at('public'));
    writeFileSync(at('cut'), whole.subarray(0, whole.length - 2000));
    writeFileSync(at('text'), 'no archive '.repeat(100));
    for (const file of ['cut', 'text']) {
      await expect(run(restore, [at(file), '--noinput'])).rejects.toThrow('pg_restore failed');
    }
    await expect(run(restore, [at('missing'), '--noinput'])).rejects.toThrow('no file');
    expect(await names()).toEqual(before);
  });

  it('is that of its schema alone', async ({ skip }) => {
    skip(why !== '', why);
    const address = process.env['DATABASE_URL'] ?? '';
    const before = await names();
    await sql(`CREATE SCHEMA "${TENANT}"`);
    await nameAddress(`${address}?schema=${encodeURIComponent(TENANT)}`);
    await applyMigrations();
    await add('tenant');
    await run(backup, [at('tenant')]);
    await add('later');
    await expect(run(restore, [at('public'), '--noinput'])).rejects.toThrow('no backup of the');
    await run(restore, [at('tenant'), '--noinput']);
    expect(await names()).toEqual(['tenant']);
    await nameAddress(address);
    expect(await names()).toEqual(before);
  });

  it('is put into an empty database to try it', async ({ skip }) => {
    skip(why !== '', why);
    const address = process.env['DATABASE_URL'] ?? '';
    const tearDown = await emptyDatabase();
    await run(restore, [at('public'), '--noinput']);
    expect(await names()).toEqual(['ada']);
    await tearDown();
    await nameAddress(address);
  });
});
