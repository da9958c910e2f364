import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { testDatabase } from '@/tests/support/database';

/**
 * Make of each row whose id is above `after` so many, alike in all but the id, by one statement: thousands by
 * `createMany` cost seconds.
 */
export async function multiplyRows(table: string, times: number, after = 0): Promise<void> {
  const columns = await db.$queryRaw<{ name: string }[]>(
    testDatabase === 'sqlite'
      ? Prisma.sql`SELECT name FROM pragma_table_info(${table}) WHERE name <> 'id'`
      : Prisma.sql`SELECT attname::text AS name FROM pg_attribute
          WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'`,
  );
  const names = Prisma.join(columns.map(({ name }) => identifier(name)));
  const copies = Prisma.join(
    Array.from({ length: times - 1 }, (_, i) => Prisma.sql`SELECT ${i} AS copy`),
    ' UNION ALL ',
  );
  await db.$executeRaw`
    INSERT INTO ${identifier(table)} (${names})
    SELECT ${names} FROM ${identifier(table)} CROSS JOIN (${copies}) AS copies
    WHERE id > ${after} ORDER BY copy, id`;
}
