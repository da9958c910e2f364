import { someOf } from '@/lib/core/text';
import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { SiteUsers } from '@/lib/db/migrations/site-users';

const TABLE = 'account_emailaddress';

/** How many addresses, or people, are told of, and how many rows of all of them are read. */
const MOST_TOLD = 10;
const MOST_READ = 200;

type Row = { readonly email: string; readonly name: string };

/**
 * What a Django with allauth may have of addresses and the indexes here forbid, a sentence each: one that
 * several people have confirmed (ACCOUNT_UNIQUE_EMAIL = False), with their names, and several primary ones of
 * one person; the first ten of either. None without the table, and where its own indexes forbid both.
 * allauth: account/app_settings.py UNIQUE_EMAIL; account/models.py EmailAddress.Meta.constraints
 */
export async function sharedAddresses(users: SiteUsers): Promise<string[]> {
  const columns = (await tableColumns(TABLE)) ?? [];
  if (!['email', 'verified', 'primary', 'user_id'].every((each) => columns.includes(each))) {
    return [];
  }
  const confirmed = await rowsAlike(users, { flag: 'verified', column: 'email' });
  const primary = await rowsAlike(users, { flag: 'primary', column: 'user_id' });
  return [
    ...grouped(confirmed, 'email', 'name').map(
      ([email, names]) =>
        `${TABLE}: ${email} is confirmed by ${someOf(names)}, and here by one person alone: delete it at Django for everybody else.`,
    ),
    ...grouped(primary, 'name', 'email').map(
      ([name, emails]) =>
        `${TABLE}: ${someOf(emails)} are all the primary address of ${name}: leave one of them primary at Django.`,
    ),
  ];
}

// The rows with a flag of which others with that flag have the same value.
async function rowsAlike(
  { table }: SiteUsers,
  { flag, column }: { flag: string; column: string },
): Promise<Row[]> {
  const names = (await tableColumns(table)) ?? [];
  const name = ['username', 'email'].find((each) => names.includes(each)) ?? 'id';
  const [own, of] = [identifier(TABLE), identifier(column)];
  const has = Prisma.sql`a.${identifier(flag)}`;
  return db.$queryRaw<Row[]>`
    SELECT a.email, CAST(u.${identifier(name)} AS text) AS name
    FROM ${own} a JOIN ${identifier(table)} u ON u.id = a.user_id
    WHERE ${has} AND a.${of} IN (
      SELECT a.${of} FROM ${own} a WHERE ${has}
      GROUP BY a.${of} HAVING COUNT(*) > 1 ORDER BY a.${of} LIMIT ${MOST_TOLD})
    ORDER BY a.${of}, u.id, a.id LIMIT ${MOST_READ}`;
}

function grouped(rows: readonly Row[], by: keyof Row, what: keyof Row): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(row[by], [...(groups.get(row[by]) ?? []), row[what]]);
  return [...groups];
}
