import type { User } from '@/lib/contrib/auth/models';
import { userColumn, usernameColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { foldCase } from '@/lib/core/fold-case';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import { isRetired } from './retired';

/**
 * Whether a username that somebody chooses is somebody else's or was not long ago, upper and lower case
 * aside: two names that only case tells apart are mistaken for one another. `own` is who has one already.
 * Django: contrib/auth/forms.py UserCreationForm.clean_username
 */
export async function isUsernameTaken(
  tx: TransactionClient,
  username: string,
  own?: Pick<User, 'id' | 'username'>,
): Promise<boolean> {
  if (await isOfOthers(tx, username, own?.id ?? null)) return true;
  const isOwn = own !== undefined && foldCase(own.username) === foldCase(username);
  return !isOwn && (await isRetired(username, tx));
}

// Of letters outside ASCII SQLite knows no other case, so that it is told both.
async function isOfOthers(
  tx: TransactionClient,
  username: string,
  ownId: number | null,
): Promise<boolean> {
  const column = usernameColumn();
  const spellings = [username, username.toLowerCase(), username.toUpperCase(), foldCase(username)];
  const same = [...new Set(spellings)].map(
    (name) => Prisma.sql`UPPER(${column}) = UPPER(CAST(${name} AS text))`,
  );
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM ${userTable()}
    WHERE (${Prisma.join(same, ' OR ')})
      AND ${ownId === null ? Prisma.sql`TRUE` : Prisma.sql`${userColumn('id')} <> ${ownId}`}
    LIMIT 1`;
  return found.length > 0;
}
