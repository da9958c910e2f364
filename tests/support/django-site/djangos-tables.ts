import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { db } from '@/lib/db/client';
import { splitStatements } from '@/lib/db/migrations/sql-script';
import { testDatabase } from '@/tests/support/database';

/** What somebody made of Django's own statements. */
export type Edit = (ddl: string) => string;

/** Django's own tables, or what somebody made of them. The real Django's are tests/oracle's. */
export async function makeDjangosTables(edit: Edit = (ddl) => ddl): Promise<void> {
  const file = path.join('prisma/migrations', testDatabase, '0001_django/migration.sql');
  for (const statement of splitStatements(edit(await readFile(file, 'utf8')))) {
    await db.$executeRawUnsafe(statement);
  }
}
