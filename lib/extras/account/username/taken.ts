import type { User } from '@/lib/contrib/auth/models';
import { userColumn, usernameColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { foldCase } from '@/lib/core/fold-case';
import { databaseProvider, Prisma, type TransactionClient } from '@/lib/db/client';
import { isRetired } from './retired';
import { spellingsPattern } from './spellings';

/**
 * Whether a username that somebody chooses is somebody else's or was not long ago, upper and lower case
 * aside: two names that only case tells apart are mistaken for one another. The answer holds until the
 * transaction ends: whoever asks for the name meanwhile waits. `own` is who has one already.
 * Django: contrib/auth/forms.py UserCreationForm.clean_username
 */
export async function isUsernameTaken(
  tx: TransactionClient,
  username: string,
  own?: Pick<User, 'id' | 'username'>,
): Promise<boolean> {
  await lockName(tx, username);
  if (await isOfOthers(tx, username, own?.id ?? null)) return true;
  const isOwn = own !== undefined && foldCase(own.username) === foldCase(username);
  return !isOwn && (await isRetired(username, tx));
}

// No unique index has the folded name. On SQLite the transaction holds the write lock.
async function lockName(tx: TransactionClient, username: string): Promise<void> {
  if (databaseProvider() === 'sqlite') return;
  const name = `gatehouse.account.username ${foldCase(username)}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

async function isOfOthers(
  tx: TransactionClient,
  username: string,
  ownId: number | null,
): Promise<boolean> {
  const folded = foldCase(username);
  const [column, pattern] = [usernameColumn(), spellingsPattern(folded)];
  const found = await tx.$queryRaw<{ username: string }[]>`
    SELECT ${column} AS username FROM ${userTable()}
    WHERE ${asciiUpper(column)} LIKE CAST(${pattern} AS text) ESCAPE '\\'
      AND ${ownId === null ? Prisma.sql`TRUE` : Prisma.sql`${userColumn('id')} <> ${ownId}`}`;
  return found.some((each) => foldCase(each.username) === folded);
}

// On PostgreSQL the collation decides which letters have capitals, and how many letters those are.
function asciiUpper(column: Prisma.Sql): Prisma.Sql {
  return databaseProvider() === 'sqlite'
    ? Prisma.sql`UPPER(${column})`
    : Prisma.sql`UPPER(${column} COLLATE "C")`;
}
