import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { permissionNamesInUse } from '@/lib/apps/installed';
import type { CommandIo } from '@/lib/core/management/base';
import { command } from '@/lib/core/management/commands/migrate';
import { checkDatabase, isDatabaseReachable } from '@/lib/db/checks';
import { closeDb, db } from '@/lib/db/client';
import { restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { applyMigrations, markRolledBack } from '@/lib/db/migrations/migrate';
import { appOfMigration, migrationName, migrationNames } from '@/lib/db/migrations/migration-files';
import { migrationState } from '@/lib/db/migrations/migration-history';
import { postMigrate } from '@/lib/db/signals';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { inCopyOfPrisma } from '@/tests/support/databases/prisma-copy';

/** What every database has applied that was made before the name of a migration told its app. */
const OF_THE_FIRST_YEAR = [
  '0001_django',
  '0002_session',
  '0003_article',
  '0004_throttle',
  '0005_security_log',
  '0006_user_list',
];

const NOON = new Date('2027-01-02T12:00:00Z');

const repository = process.cwd();
let tearDown: () => Promise<void>;

beforeEach(async () => {
  tearDown = await emptyDatabase();
});

afterEach(async () => {
  process.chdir(repository);
  await tearDown();
});

function recorder() {
  const lines: string[] = [];
  const io: CommandIo = {
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    prompt: () => Promise.reject(new Error('There is nobody to ask.')),
    isTty: false,
  };
  return { lines, io };
}

async function removeMigration(folder: string, name: string) {
  await rm(path.join(folder, 'migrations', testDatabase, name), { recursive: true });
}

async function addMigration(folder: string, name: string, sql: string) {
  const target = path.join(folder, 'migrations', testDatabase, name);
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, 'migration.sql'), sql);
}

describe('applyMigrations', () => {
  it('applies each migration once', async () => {
    const names = migrationNames();
    expect(names).toEqual(expect.arrayContaining(OF_THE_FIRST_YEAR));
    expect(await applyMigrations()).toEqual(names);
    expect(await applyMigrations()).toEqual([]);
    expect(await migrationState()).toEqual({ unapplied: [], failed: [], isAdoptable: false });
  });

  it('runs once when two ask at the same time', async () => {
    const applied = await Promise.all([applyMigrations(), applyMigrations()]);
    expect(applied.map((names) => names.length).sort((a, b) => a - b)).toEqual([
      0,
      migrationNames().length,
    ]);
  });

  it('leaves nothing of a migration that fails, and applies it when it is put right', async () => {
    await inCopyOfPrisma(async (folder) => {
      await addMigration(
        folder,
        '20270102120000_shop_bad',
        'CREATE TABLE half (a int); CREATE TABLE half (a int);',
      );
      await expect(applyMigrations()).rejects.toThrow(/half/);
      await expect(db.$queryRaw`SELECT 1 FROM half`).rejects.toThrow();
      if (testDatabase === 'postgresql') {
        expect((await migrationState()).failed).toEqual(['20270102120000_shop_bad']);
        expect((await checkDatabase())[0]?.hint).toContain('--rolled-back NAME');
        await markRolledBack('20270102120000_shop_bad');
      }
      await addMigration(
        folder,
        '20270102120000_shop_bad',
        "CREATE TABLE half (a varchar(9) DEFAULT ';--');",
      );
      expect(await applyMigrations()).toContain('20270102120000_shop_bad');
      await db.$queryRaw`SELECT 1 FROM half`;
    });
  });
});

describe('manage migrate', () => {
  it('makes content types and permissions, says so, and is silent about them again', async () => {
    const first = recorder();
    await command.run([], first.io);
    expect(first.lines).toContain('Applied 0001_django.');
    expect(first.lines).toContain('Added content type articles.article.');
    expect(first.lines).toContain(`Added ${permissionNamesInUse().length} permissions.`);
    const second = recorder();
    await command.run([], second.io);
    expect(second.lines).toEqual(['No migrations to apply.']);
  });

  it('tells whoever waits for it once the tables are there', async () => {
    const { lines, io } = recorder();
    const disconnect = postMigrate.connect(async ({ say }) => {
      say(`${await db.permission.count()} permissions by now.`);
    });
    await command.run([], io);
    disconnect();
    expect(lines.at(-1)).toMatch(/^[1-9]\d* permissions by now\.$/);
  });

  it('names what is stale and keeps it', async () => {
    await command.run([], recorder().io);
    const { id } = await db.contentType.create({ data: { appLabel: 'articles', model: 'essay' } });
    await db.permission.create({ data: { contentTypeId: id, codename: 'add_essay', name: 'x' } });
    const { lines, io } = recorder();
    await command.run([], io);
    expect(lines[1]).toMatch(/^Stale: .*articles\.essay.* 1 permissions are kept\.$/);
    expect(await db.permission.count()).toBe(permissionNamesInUse().length + 1);
  });

  it('refuses an option that it does not have', async () => {
    await expect(command.run(['--fake'], recorder().io)).rejects.toMatchObject({ status: 2 });
  });
});

describe('a database of the first year', () => {
  it('goes on with what apps and houses add since, whichever is older', async () => {
    await inCopyOfPrisma(async (folder) => {
      const sql = (table: string) => `CREATE TABLE ${table} (a int);`;
      for (const name of migrationNames()) {
        if (!OF_THE_FIRST_YEAR.includes(name)) await removeMigration(folder, name);
      }
      expect(await applyMigrations()).toEqual(OF_THE_FIRST_YEAR);
      await addMigration(folder, migrationName('shop', 'initial', NOON), sql('shop_order'));
      expect(await applyMigrations()).toEqual(['20270102120000_shop_initial']);
      const upstream = migrationName('auth', 'more', new Date('2026-12-24T12:00:00Z'));
      await addMigration(folder, upstream, sql('auth_more'));
      expect(await applyMigrations()).toEqual([upstream]);
      // As `manage migrate` does it: an index that a list wants by now is made without its migration.
      await restoreListIndexes();
      expect(await checkDatabase()).toEqual([]);
    });
    expect(await applyMigrations()).toEqual(
      migrationNames().filter((name) => !OF_THE_FIRST_YEAR.includes(name)),
    );
  });

  it('goes on without the migrations of an app that was taken out, whose table stays', async () => {
    await applyMigrations();
    await inCopyOfPrisma(async (folder) => {
      for (const name of migrationNames()) {
        if (appOfMigration(name) === 'articles') await removeMigration(folder, name);
      }
      await addMigration(
        folder,
        migrationName('shop', 'initial', NOON),
        'CREATE TABLE more (a int);',
      );
      expect(await applyMigrations()).toEqual(['20270102120000_shop_initial']);
      expect(await checkDatabase()).toEqual([]);
    });
    expect(await db.article.count()).toBe(0);
  });
});

describe('checkDatabase', () => {
  it('asks for migrate when the database is empty or behind', async () => {
    const message = async () => (await checkDatabase()).map(({ id, hint }) => `${id} ${hint}`);
    expect(await message()).toEqual(['db.E002 Run `npm run manage -- migrate`.']);
    await applyMigrations();
    expect(await message()).toEqual([]);
    await inCopyOfPrisma(async (folder) => {
      await addMigration(folder, '20270102120000_shop_more', 'CREATE TABLE more (a int);');
      expect((await checkDatabase())[0]?.message).toBe(
        'The database lacks 20270102120000_shop_more.',
      );
    });
  });

  it('says so when the database cannot be reached, without its password', async () => {
    const url = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] =
      testDatabase === 'sqlite' ? `file:${repository}` : 'postgres://me:secret@127.0.0.1:1/none';
    const found = await checkDatabase();
    const reachable = await isDatabaseReachable();
    await closeDb();
    process.env['DATABASE_URL'] = url;
    expect(found).toHaveLength(1);
    expect(found[0]?.id).toBe('db.E001');
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(reachable).toBe(false);
    expect(await isDatabaseReachable()).toBe(true);
  });
});
