import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import { databaseProvider, db } from '@/lib/db/client';
import { addressFault, readPostgresqlAddress } from './address';

/**
 * Why the tables would not be where DATABASE_URL says, as a finding, or null: it cannot be read, its
 * schema is not there, or the role's search_path leads elsewhere. Statements of ours ask the schema
 * that comes first in that path, Prisma's `public` unless the address names another. Rejects where the
 * database does not answer.
 * Django: none; psycopg passes `options` on
 */
export async function misplacement(): Promise<CheckMessage | null> {
  if (databaseProvider() !== 'postgresql') return null;
  const unread = addressFault(settings.DATABASE_URL);
  if (unread) {
    return checkError(
      'db.E008',
      unread,
      'Percent-encode what is special in the password: %40 for @, %2F for /, %23 for #, %3F for ?.',
    );
  }
  const wanted = readPostgresqlAddress(settings.DATABASE_URL).schema ?? 'public';
  const [row] = await db.$queryRaw<
    { schema: string | null }[]
  >`SELECT current_schema()::text AS schema`;
  const found = row?.schema ?? null;
  if (found === wanted) return null;
  if (found === null) {
    const missing = `The database has no schema ${wanted} that this user may use.`;
    return checkError('db.E007', missing, `Make it: CREATE SCHEMA "${wanted}".`);
  }
  return checkError(
    'db.E007',
    `This user's search_path leads to the schema ${found}, and DATABASE_URL to ${wanted}.`,
    `Add ?schema=${found} to DATABASE_URL, or reset search_path.`,
  );
}
