import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as backup } from '@/lib/core/management/commands/backup';
import { command as restore } from '@/lib/core/management/commands/restore';
import { db } from '@/lib/db/client';
import { libpqVariables } from '@/lib/db/postgresql/libpq';
import { backUpSqlite } from '@/lib/db/sqlite/backup';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

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
      expect(put.asked.join()).toContain(` in the place of ${sqlitePath()}?`);
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

    it.skipIf(!hasPrlimit)('that cannot be written is not taken for a damaged database', () => {
      const limit = (bytes: string) =>
        spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
      limit('65536');
      try {
        expect(() => backUpSqlite(sqlitePath(), at('three'))).toThrow(
          /three\.part cannot be written: (?!.*damaged)/,
        );
      } finally {
        limit('unlimited');
      }
      expect(existsSync(at('three')) || existsSync(at('three.part'))).toBe(false);
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
  describe("PostgreSQL's own programs", () => {
    const ADDRESS = 'postgres://ada:hunter2%2F@db.example:6543/site?schema=My-Tenant';

    /** Stands in for a program: says how it was called, then does what is told. */
    const tool = (name: string, work = '') => {
      const said = `echo "${name} $* as $PGUSER at $PGHOST:$PGPORT/$PGDATABASE" >> ${at('said')}`;
      const password = `echo "$PGPASSWORD" >> ${at('passwords')}`;
      writeFileSync(at(name), `#!/bin/sh\n${said}\n${password}\n${work}\n`, { mode: 0o755 });
    };
    const written =
      'for arg; do case $arg in --file=*) echo dumped > "$(echo $arg | cut -c8-)";; esac; done';
    const table = 'echo "CREATE TABLE \\"My-Tenant\\"._prisma_migrations ("';

    beforeEach(() => {
      vi.stubEnv('DATABASE_URL', ADDRESS);
      vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      for (const name of ['said', 'passwords']) rmSync(at(name), { force: true });
    });

    it('are told of the one schema, where by the environment, and of the password by that alone', async () => {
      tool('pg_dump', written);
      tool('pg_restore', table);
      tool('psql', 'cat > /dev/null');
      expect(await run(backup, [at('x.dump')])).toMatchObject({ status: 0 });
      expect(statSync(at('x.dump')).mode & 0o077).toBe(0);
      const { asked, out } = await run(restore, [at('x.dump')], ['yes']);
      expect(asked.join()).toContain('site on db.example:6543, schema My-Tenant?');
      const said = readFileSync(at('said'), 'utf8');
      expect(said).toMatch(/^pg_dump --format=custom .*--schema="My-Tenant" .* as ada at /);
      expect(said).toMatch(/^pg_restore --schema=My-Tenant .*x\.dump as ada at /m);
      expect(said).toMatch(/^psql .*--single-transaction --set=ON_ERROR_STOP=1 /m);
      expect(said).toContain(' at db.example:6543/site');
      expect([said, ...asked, ...out].join()).not.toContain('hunter2');
      expect(new Set(readFileSync(at('passwords'), 'utf8').trim().split('\n'))).toEqual(
        new Set(['hunter2/']),
      );
    });

    it('leave no file where a backup breaks off', async () => {
      tool('pg_dump', `${written}; exit 1`);
      await expect(run(backup, [at('y.dump')])).rejects.toThrow('pg_dump failed');
      expect(readdirSync(folder).filter((name) => name.startsWith('y.dump'))).toEqual([]);
    });

    it('write nothing of an archive that cannot be read to its end', async () => {
      tool('pg_restore', `${table}; case $* in *--schema-only*) ;; *) exit 1;; esac`);
      tool('psql', `cat > /dev/null; echo committed >> ${at('said')}`);
      writeFileSync(at('z.dump'), '');
      await expect(run(restore, [at('z.dump'), '--noinput'])).rejects.toThrow('pg_restore failed');
      expect(readFileSync(at('said'), 'utf8')).not.toContain('committed');
    });

    it('are named where they are missing', async () => {
      vi.stubEnv('PATH', '/nowhere');
      await expect(run(backup, [at('y.dump')])).rejects.toThrow('pg_dump is not installed');
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
      },
    ],
    ['postgres://u@/n?host=/run/sock', { PGHOST: '/run/sock', PGUSER: 'u', PGDATABASE: 'n' }],
    ['postgres://u@[::1]:5432/n', { PGHOST: '::1', PGPORT: '5432', PGUSER: 'u', PGDATABASE: 'n' }],
  ])('of %s', (address, variables) => {
    expect(libpqVariables(address)).toEqual(variables);
  });
});
