import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandIo } from '@/lib/core/management/base';
import { command } from '@/lib/core/management/commands/migrate';
import { checkDatabase, isDatabaseReachable } from '@/lib/db/checks';
import { closeDb, db } from '@/lib/db/client';
import { makeMigrations } from '@/lib/db/migrations/make-migrations';
import { applyMigrations, markRolledBack } from '@/lib/db/migrations/migrate';
import { migrationNames } from '@/lib/db/migrations/migration-files';
import { migrationState } from '@/lib/db/migrations/migration-history';
import { postMigrate } from '@/lib/db/signals';
import { emptyDatabase, testDatabase } from '@/tests/setup/database';

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

/** Work in a copy of the repository's prisma folder, which the test may change. */
async function inCopyOfPrisma(body: (folder: string) => Promise<void>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-prisma-'));
  await cp('prisma', path.join(folder, 'prisma'), { recursive: true });
  process.chdir(folder);
  try {
    await body(path.join(folder, 'prisma'));
  } finally {
    process.chdir(repository);
    await rm(folder, { recursive: true, force: true });
  }
}

async function addMigration(folder: string, name: string, sql: string) {
  const target = path.join(folder, 'migrations', testDatabase, name);
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, 'migration.sql'), sql);
}

describe('applyMigrations', () => {
  it('applies each migration once', async () => {
    expect(await applyMigrations()).toEqual([
      '0001_django',
      '0002_session',
      '0003_article',
      '0004_throttle',
      '0005_security_log',
      '0006_user_list',
      '0007_used',
    ]);
    expect(await applyMigrations()).toEqual([]);
    expect(await migrationState()).toEqual({ unapplied: [], failed: [], isAdoptable: false });
  });

  it('runs once when two ask at the same time', async () => {
    const applied = await Promise.all([applyMigrations(), applyMigrations()]);
    expect(applied.map((names) => names.length).sort()).toEqual([0, 7]);
  });

  it('leaves nothing of a migration that fails, and applies it when it is put right', async () => {
    await inCopyOfPrisma(async (folder) => {
      await addMigration(
        folder,
        '0004_bad',
        'CREATE TABLE half (a int); CREATE TABLE half (a int);',
      );
      await expect(applyMigrations()).rejects.toThrow(/half/);
      await expect(db.$queryRaw`SELECT 1 FROM half`).rejects.toThrow();
      if (testDatabase === 'postgresql') {
        expect((await migrationState()).failed).toEqual(['0004_bad']);
        expect((await checkDatabase())[0]?.hint).toContain('--rolled-back NAME');
        await markRolledBack('0004_bad');
      }
      await addMigration(folder, '0004_bad', "CREATE TABLE half (a varchar(9) DEFAULT ';--');");
      expect(await applyMigrations()).toContain('0004_bad');
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
    expect(first.lines).toContain('Added 32 permissions.');
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
    expect(await db.permission.count()).toBe(33);
  });

  it('refuses an option that it does not have', async () => {
    await expect(command.run(['--fake'], recorder().io)).rejects.toMatchObject({ status: 2 });
  });
});

describe('makeMigrations', () => {
  it('writes the next migration for both databases, which then applies', async () => {
    await applyMigrations();
    await inCopyOfPrisma(async (folder) => {
      const file = path.join(folder, 'schema.prisma');
      const schema = await readFile(file, 'utf8');
      await writeFile(
        file,
        schema.replace(/^ {2}body .*$/m, '$&\n  subtitle String? @db.VarChar(80)'),
      );
      const files = await makeMigrations('subtitle');
      expect(files.map((written) => written.path)).toEqual([
        'prisma/migrations/sqlite/0008_subtitle/migration.sql',
        'prisma/migrations/postgresql/0008_subtitle/migration.sql',
      ]);
      expect(migrationNames().at(-1)).toBe('0008_subtitle');
      expect(await applyMigrations()).toEqual(['0008_subtitle']);
      await db.$queryRaw`SELECT subtitle FROM articles_article`;
      expect(await makeMigrations('again')).toEqual([]);
    });
  });
});

describe('checkDatabase', () => {
  it('asks for migrate when the database is empty or behind', async () => {
    const message = async () => (await checkDatabase()).map(({ id, hint }) => `${id} ${hint}`);
    expect(await message()).toEqual(['db.E002 Run `npm run manage -- migrate`.']);
    await applyMigrations();
    expect(await message()).toEqual([]);
    await inCopyOfPrisma(async (folder) => {
      await addMigration(folder, '0004_more', 'CREATE TABLE more (a int);');
      expect((await checkDatabase())[0]?.message).toBe('The database lacks 0004_more.');
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
