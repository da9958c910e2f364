import { beforeAll, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { giveBackStatements } from '@/lib/db/migrations/give-back';
import { restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { freshDatabase, testDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

it('what hangs on a site’s own user table is given back with the rest, and the table stays', async () => {
  await restoreListIndexes();
  // As a Django has it that migrated the app of its users.
  await db.$executeRaw`CREATE TABLE django_migrations (app varchar(255) NOT NULL)`;
  await db.$executeRaw`INSERT INTO django_migrations (app) VALUES ('accounts'), ('auth')`;
  const statements = (await giveBackStatements()).join('\n');
  if (testDatabase === 'sqlite') {
    expect(statements).toContain('DROP TABLE "accounts_user_search"');
    expect(statements).toContain('DROP TRIGGER "accounts_user_search_');
  }
  expect(statements).toMatch(/DROP INDEX "accounts_user_list_/);
  expect(statements).toMatch(/DROP TABLE .*"auth_session"/);
  expect(statements).toMatch(/DROP TABLE .*"auth_user"/);
  expect(statements).not.toMatch(/DROP TABLE .*"accounts_user"/);
});
