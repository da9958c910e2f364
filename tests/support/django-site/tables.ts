import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { databaseProvider, db } from '@/lib/db/client';
import { splitStatements } from '@/lib/db/migrations/sql-script';

/**
 * The tables as Django makes them for an `accounts.User` from AbstractUser with a phone, and its row in
 * the register of content types; `isWide` is DEFAULT_AUTO_FIELD's BigAutoField. The real ones are
 * tests/grown's.
 */
export async function makeSiteTables({
  isWide = false,
  edit = (ddl) => ddl,
}: {
  isWide?: boolean;
  edit?: (ddl: string) => string;
} = {}): Promise<void> {
  const file = path.join('prisma/migrations', databaseProvider(), '0001_django/migration.sql');
  const own = (await readFile(file, 'utf8'))
    .replaceAll('"auth_user', '"accounts_user')
    .replace(/("email" varchar\(254\) NOT NULL)/, '$1, "phone" varchar(20) NOT NULL');
  for (const statement of splitStatements(edit(isWide ? widened(own) : own))) {
    await db.$executeRawUnsafe(statement);
  }
  await db.contentType.create({ data: { appLabel: 'accounts', model: 'user' } });
}

function widened(ddl: string): string {
  const keys = ddl.replaceAll('"user_id" integer', '"user_id" bigint');
  // SQLite numbers nothing but an INTEGER.
  if (databaseProvider() === 'sqlite') return keys;
  return keys.replace(/(CREATE TABLE "accounts_user" \(\s+"id") integer/, '$1 bigint');
}

/** Add a person as Django does. Resolves to the number. */
export async function addPerson(username: string): Promise<number> {
  const [row] = await db.$queryRaw<{ id: number | bigint }[]>`
    INSERT INTO accounts_user (password, is_superuser, username, first_name, last_name, email, phone,
      is_staff, is_active, date_joined)
    VALUES ('!', ${false}, ${username}, '', '', ${`${username}@example.com`}, '1', ${false}, ${true},
      ${new Date()})
    RETURNING id`;
  return Number(row?.id);
}
