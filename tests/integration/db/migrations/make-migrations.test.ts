import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command } from '@/lib/core/management/commands/makemigrations';
import { db } from '@/lib/db/client';
import { makeMigrations, unwrittenMigrations } from '@/lib/db/migrations/make-migrations';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { emptyDatabase } from '@/tests/support/database';
import { inCopyOfPrisma } from '@/tests/support/databases/prisma-copy';
import { run } from '@/tests/support/run-command';

const NOON = new Date('2027-01-02T12:00:00Z');

const SHOP = `model ShopOrder {
  id      Int    @id @default(autoincrement())
  buyerId Int    @map("buyer_id")
  note    String @db.VarChar(80)
  buyer   User   @relation(fields: [buyerId], references: [id], onDelete: Cascade, onUpdate: NoAction)

  @@map("shop_order")
}
`;

let tearDown: () => Promise<void>;

beforeEach(async () => {
  tearDown = await emptyDatabase();
});

afterEach(() => tearDown());

const addShop = (folder: string) => writeFile(path.join(folder, 'schema/shop.prisma'), SHOP);

async function addColumn(folder: string, app: string, after: RegExp) {
  const file = path.join(folder, `schema/${app}.prisma`);
  const models = await readFile(file, 'utf8');
  await writeFile(file, models.replace(after, '$&\n  nickname String? @db.VarChar(80)'));
}

describe('makeMigrations', () => {
  it('writes an app’s next migration for both databases, which then applies', async () => {
    await applyMigrations();
    await inCopyOfPrisma(async (folder) => {
      await addShop(folder);
      const files = await makeMigrations('shop', 'initial', NOON);
      expect(files.map((written) => written.path)).toEqual([
        'prisma/migrations/sqlite/20270102120000_shop_initial/migration.sql',
        'prisma/migrations/postgresql/20270102120000_shop_initial/migration.sql',
      ]);
      for (const { sql } of files) expect(sql).not.toMatch(/ALTER TABLE "auth|DROP/);
      expect(await applyMigrations()).toEqual(['20270102120000_shop_initial']);
      await db.$queryRaw`SELECT buyer_id, note FROM shop_order`;
      expect(await makeMigrations('shop', 'again', NOON)).toEqual([]);
    });
  });

  it('leaves what another app changed to a migration of that app', async () => {
    await inCopyOfPrisma(async (folder) => {
      await addShop(folder);
      await addColumn(folder, 'auth', /^model Group .*$/m);
      const shop = await makeMigrations('shop', 'initial', NOON);
      for (const { sql } of shop) expect(sql).not.toContain('nickname');
      for (const { sql } of await unwrittenMigrations()) expect(sql).not.toContain('shop_order');
      const auth = await makeMigrations('auth', 'nickname', new Date(NOON.getTime() + 1000));
      expect(auth.map((written) => path.basename(path.dirname(written.path)))).toEqual([
        '20270102120001_auth_nickname',
        '20270102120001_auth_nickname',
      ]);
      expect(await unwrittenMigrations()).toEqual([]);
      expect(await applyMigrations()).toContain('20270102120001_auth_nickname');
      await db.$queryRaw`SELECT nickname FROM auth_group`;
    });
  });

  it('does not drop the tables of an app that was taken out', async () => {
    await inCopyOfPrisma(async (folder) => {
      await addShop(folder);
      await makeMigrations('shop', 'initial', NOON);
      await rm(path.join(folder, 'schema/shop.prisma'));
      expect(await unwrittenMigrations()).toEqual([]);
    });
  });

  it('names the model that another app has and has not migrated yet', async () => {
    await inCopyOfPrisma(async (folder) => {
      await addShop(folder);
      const file = path.join(folder, 'schema/till.prisma');
      await writeFile(
        file,
        SHOP.replaceAll('User ', 'ShopOrder ').replace('ShopOrder {', 'Till {'),
      );
      await expect(makeMigrations('till', 'initial', NOON)).rejects.toThrow(
        'Till has a relation to ShopOrder, which no app has, or none that is migrated yet.',
      );
    });
  });
});

describe('manage makemigrations', () => {
  it('wants an app that there is, and a name', async () => {
    expect(await run(command, ['initial'])).toMatchObject({ status: 2 });
    expect(await run(command, ['auth', 'Not This'])).toMatchObject({ status: 2 });
    await expect(run(command, ['nothing', 'initial'])).rejects.toThrow(
      /^No prisma\/schema\/nothing.prisma: the apps are .*\bauth\b/,
    );
  });

  it('says what it wrote, and with --check what it would write', async () => {
    await inCopyOfPrisma(async (folder) => {
      await addShop(folder);
      const found = await run(command, ['--check']);
      expect(found).toMatchObject({ status: 1 });
      expect(found.out[0]).toContain('CREATE TABLE "shop_order"');
      const { status, out } = await run(command, ['shop', 'initial']);
      expect(status).toBe(0);
      expect(out[0]).toMatch(/^Wrote prisma\/migrations\/sqlite\/\d{14}_shop_initial\//);
      expect((await run(command, ['--check'])).out).toEqual(['No changes detected.']);
      expect((await run(command, ['shop', 'more'])).out).toEqual(['No changes detected in shop.']);
    });
  });
});
