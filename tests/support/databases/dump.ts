import { db } from '@/lib/db/client';
import { testDatabase } from '@/tests/support/database';

/** All rows of all tables of the current database, as one text. */
export async function dumpOf(): Promise<string> {
  const tables = await (testDatabase === 'sqlite'
    ? db.$queryRaw<{ name: string }[]>`SELECT name FROM sqlite_master WHERE type = 'table'`
    : db.$queryRaw<{ name: string }[]>`
        SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()`);
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<unknown[]>(`SELECT * FROM "${name}"`);
    parts.push(
      name,
      JSON.stringify(rows, (_key, value) => plain(value)),
    );
  }
  return parts.join('\n');
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
