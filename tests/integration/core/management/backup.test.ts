import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as backup } from '@/lib/core/management/commands/backup';
import { command as restore } from '@/lib/core/management/commands/restore';
import { db } from '@/lib/db/client';
import { libpqVariables } from '@/lib/db/postgresql/dump';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

let folder: string;
const at = (name: string) => path.join(folder, name);
const names = async () =>
  (await db.user.findMany({ orderBy: { id: 'asc' } })).map((u) => u.username);
const add = (username: string) => users.createUser({ username, password: null });

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(freshDatabase);

if (testDatabase === 'sqlite') {
  describe('a backup of SQLite', () => {
    it('holds what stands in the log only, and is put back while the site goes on', async () => {
      await db.$queryRawUnsafe('PRAGMA wal_autocheckpoint = 0');
      await add('ada');
      expect(statSync(`${sqlitePath()}-wal`).size).toBeGreaterThan(0);
      expect(await run(backup, [at('one.sqlite3')])).toMatchObject({ status: 0 });
      expect(statSync(at('one.sqlite3')).mode & 0o077).toBe(0);
      await add('grace');
      const put = await run(restore, [at('one.sqlite3')], ['yes']);
      expect(put).toMatchObject({ status: 0 });
      expect(await names()).toEqual(['ada']);
      const kept = /is (.*)\.$/.exec(put.out[0] ?? '')?.[1] ?? '';
      await run(restore, [kept, '--noinput']);
      expect(await names()).toEqual(['ada', 'grace']);
    });

    it('is whole while others write', async () => {
      const before = await names();
      const writing = Promise.all(Array.from({ length: 20 }, (_, i) => add(`w${i}`)));
      expect(await run(backup, [at('two.sqlite3')])).toMatchObject({ status: 0 });
      await writing;
      await run(restore, [at('two.sqlite3'), '--noinput']);
      expect(await names()).toEqual(expect.arrayContaining(before));
      expect(await db.$queryRaw`PRAGMA integrity_check`).toEqual([{ integrity_check: 'ok' }]);
      await add('after');
    });

    it('is never put over a file, and only a whole one of ours in the place of the database', async () => {
      const before = await names();
      expect(await run(backup, [at('one.sqlite3')])).toMatchObject({ status: 1 });
      writeFileSync(at('text'), 'no database '.repeat(1000));
      const whole = readFileSync(at('one.sqlite3'));
      writeFileSync(at('cut'), whole.subarray(0, whole.length - 4096 * 3));
      for (const file of ['text', 'cut', 'missing']) {
        await expect(run(restore, [at(file), '--noinput'])).rejects.toThrow(at(file));
      }
      expect(await run(restore, [at('one.sqlite3')], ['no'])).toMatchObject({ status: 1 });
      expect(await names()).toEqual(before);
    });
  });
} else {
  describe('a backup of PostgreSQL', () => {
    const tool = (name: string) => {
      const script = `#!/bin/sh\necho "${name} $* as $PGUSER at $PGHOST/$PGDATABASE" >> ${at('said')}\n`;
      writeFileSync(at(name), script, { mode: 0o755 });
    };

    it('is made and put back by its own programs, which are told where by the environment', async () => {
      tool('pg_dump');
      tool('pg_restore');
      vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
      await run(backup, [at('x.dump')]);
      await run(restore, [at('x.dump'), '--noinput']);
      vi.unstubAllEnvs();
      const { hostname, pathname, password } = new URL(settings.DATABASE_URL);
      const [dumped, restored] = readFileSync(at('said'), 'utf8').split('\n');
      expect(dumped).toMatch(/^pg_dump --format=custom .*--file=\S+x\.dump as /);
      expect(dumped).toContain(`${hostname}${pathname}`);
      expect(restored).toMatch(/^pg_restore .*--single-transaction .*x\.dump as /);
      if (password) expect(dumped).not.toContain(password);
    });

    it('is said not to be possible without them', async () => {
      vi.stubEnv('PATH', '/nowhere');
      await expect(run(backup, [at('y.dump')])).rejects.toThrow('pg_dump is not installed');
      vi.unstubAllEnvs();
    });
  });
}

describe('libpqVariables', () => {
  it.each([
    [
      'postgres://u:p%40ss@db.example:6543/My-DB?sslmode=require&schema=tenant',
      {
        PGHOST: 'db.example',
        PGPORT: '6543',
        PGUSER: 'u',
        PGPASSWORD: 'p@ss',
        PGDATABASE: 'My-DB',
        PGSSLMODE: 'require',
        PGOPTIONS: '-c search_path=tenant',
      },
    ],
    ['postgres://u@/n?host=/run/sock', { PGHOST: '/run/sock', PGUSER: 'u', PGDATABASE: 'n' }],
    ['postgres://u@[::1]:5432/n', { PGHOST: '::1', PGPORT: '5432', PGUSER: 'u', PGDATABASE: 'n' }],
  ])('of %s', (address, variables) => {
    expect(libpqVariables(address)).toEqual(variables);
  });
});
