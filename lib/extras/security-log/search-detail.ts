import { textCondition } from '@/lib/contrib/admin/lookups/text-lookups';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { searchWords } from '@/lib/contrib/admin/search/search-words';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { db, Prisma } from '@/lib/db/client';
import { asciiJson } from './ascii-json';

// Entries that are looked into, the newest: the detail has no index, and one would be written at each event.
const MOST_READ = 50_000;
const MOST_FOUND = 500;
// Shorter words alone stand in every detail.
const SHORTEST = 3;

/**
 * Entries whose detail holds every word of a search, such as the name of a group: of the newest 50,000,
 * 500 at most. One statement. Who may not view groups finds none that tells of groups, as they are not
 * shown these details.
 * Django: no counterpart
 */
export async function entriesTelling(
  search: string,
  viewer: AdminUser,
): Promise<Prisma.Sql | null> {
  const words = searchWords(search.toWellFormed());
  if (words.every((word) => word.length < SHORTEST)) return null;
  const detail = Prisma.sql`newest.detail`;
  const tests = words.map((word) => textCondition(detail, 'icontains', asWritten(word)));
  if (!(await hasViewPermission(viewer, groupAdmin))) {
    tests.push(Prisma.sql`NOT (${textCondition(detail, 'contains', '"group')})`);
  }
  const rows = await db.$queryRaw<{ id: number | bigint }[]>`
    SELECT newest.id AS id FROM (
      SELECT id, detail FROM auth_security_log ORDER BY id DESC LIMIT ${MOST_READ}) AS newest
    WHERE ${Prisma.join(tests, ' AND ')} ORDER BY newest.id DESC LIMIT ${MOST_FOUND}`;
  if (rows.length === 0) return null;
  return Prisma.sql`t.id IN (${Prisma.join(rows.map(({ id }) => Number(id)))})`;
}

// What is no ASCII stands there as an escape sequence.
function asWritten(word: string): string {
  return asciiJson(word).slice(1, -1);
}
