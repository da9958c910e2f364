import { createPermissions } from '@/lib/contrib/auth/management/create-permissions';
import { users } from '@/lib/contrib/auth/users/managers';
import { databaseProvider, db } from '@/lib/db/client';
import { restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { modelOf } from '@/tests/support/every-type/site';
import { KEYS } from './screens';

const PRODUCTS = 1_000_000;
const RELATED = 3000;
export const SUPERUSER = 'bench';

const PATTERNS = 1000;
const WOODS = ['Walnut', 'Oak', 'Ash', 'Rosewood', 'Pine', 'Maple', 'Birch'];

/**
 * A million products of each year from 2000 to 2027, in 3,000 categories, beneath 3,000 others, and a million
 * lines of 3,000 orders; once in each database. Returns whether they were made now.
 */
export async function fill(): Promise<boolean> {
  await applyMigrations();
  await createPermissions();
  if (await users.getByNaturalKey(SUPERUSER)) return false;
  const start = performance.now();
  await modelOf('product').createMany({ data: Array.from({ length: PATTERNS }, pattern) });
  const numbers = Array.from({ length: RELATED }, (_, i) => i);
  await modelOf('category').createMany({
    data: numbers.map((i) => ({ title: `Category ${String(i).padStart(4, '0')}` })),
  });
  await modelOf('order').createMany({ data: numbers.map((i) => ({ number: i })) });
  for (const statement of STATEMENTS) await db.$executeRawUnsafe(statement);
  for (const statement of KEYS) await db.$executeRawUnsafe(statement);
  await restoreListIndexes();
  await db.$executeRawUnsafe(databaseProvider() === 'sqlite' ? 'ANALYZE' : 'VACUUM ANALYZE');
  await users.createSuperuser({ username: SUPERUSER });
  console.info(`Made in ${((performance.now() - start) / 1000).toFixed(0)} s.`);
  return true;
}

function pattern(_: unknown, i: number) {
  return {
    name: `${WOODS[Math.floor(i / 28) % WOODS.length]} chair`,
    note: '',
    price: (((i * 7919) % 100_000) / 100).toFixed(2),
    born: i % 50 === 0 ? null : new Date(Date.UTC(2000 + (i % 28), i % 12, 1 + (i % 28))),
    status: statusOf(i),
    isTested: i % 3 === 0 ? null : i % 3 === 1,
    token: '0a0b0c0d-0000-4000-8000-00000000ffff',
  };
}

function statusOf(i: number): string {
  if (i === 0) return 'PART_PAID';
  return i % 50 === 0 ? 'SENT' : 'DRAFT';
}

const COLUMNS =
  'note, motto, stock, price, is_online, is_tested, born, modified, options, status, token';

// As many of each pattern as there are patterns, each with a number in its name.
const STATEMENTS = [
  `INSERT INTO shop_product (name, ${COLUMNS}, parent_id)
     SELECT p.name || ' ' || (p.id * ${PRODUCTS / PATTERNS} + n.id), ${COLUMNS.split(', ')
       .map((column) => `p.${column}`)
       .join(', ')}, 1 + (p.id * 7 + n.id) % ${RELATED}
     FROM shop_product AS p CROSS JOIN (SELECT id FROM shop_product WHERE id < ${PATTERNS}) AS n`,
  `INSERT INTO "_CategoryToProduct" ("A", "B")
     SELECT c.id, p.id FROM shop_product AS p
     JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY title) AS place FROM shop_category) AS c
       ON c.place = 1 + p.id % ${RELATED}`,
  `INSERT INTO shop_line (order_id, product_id, quantity, price)
     SELECT o.id, p.id, 1 + p.id % 9, p.price FROM shop_product AS p
     JOIN shop_order AS o ON o.number = p.id % ${RELATED}`,
];
