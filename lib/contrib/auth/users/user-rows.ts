import type { User } from '@/lib/contrib/auth/users/user';
import { type DbClient, db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { hasNul } from '@/lib/forms/fields';
import { factColumns, keepFacts } from './user-facts';
import type { UserModel } from './user-model';

const PREFIX = 'user.';

/**
 * The columns of a user model for the select list of a raw statement, from the table `alias`, or as
 * whatever it says of a column. They keep clear of whatever else the statement selects.
 */
export function userColumns(
  { columns }: UserModel,
  alias: string | ((column: string) => Prisma.Sql),
): Prisma.Sql {
  const columnSql =
    typeof alias === 'string'
      ? (column: string) => Prisma.sql`${identifier(alias)}.${identifier(column)}`
      : alias;
  const selected = Object.entries(columns).map(
    ([field, column]) => Prisma.sql`${columnSql(column)} AS ${identifier(PREFIX + field)}`,
  );
  return Prisma.join(selected);
}

/** The user in a row of such a statement; null where an outer join found none. */
export function userOf(model: UserModel, row: Record<string, unknown>): User | null {
  if (row[`${PREFIX}id`] === null) return null;
  const fields = Object.keys(model.columns).map((field) => [field, row[PREFIX + field]]);
  return model.fromRow(Object.fromEntries(fields));
}

/**
 * The users with this email address, by id: one folding for all who ask, upper and lower case aside.
 * Letters that only look alike after a database's folding, such as a dotless i, are not the same: a
 * link would go to somebody else's mailbox. Of letters outside ASCII SQLite knows no other case.
 * Inside a transaction give its client.
 * Django: PasswordResetForm.get_users (email__iexact, then _unicode_ci_compare)
 */
export async function usersByEmail(
  model: UserModel,
  email: string,
  client: DbClient = db,
): Promise<User[]> {
  if (hasNul(email)) return [];
  const column = (field: string) => identifier(model.columns[field] ?? field);
  const rows = await client.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 'u')} ${factColumns(Prisma.sql`u.${column('id')}`)}
    FROM ${identifier(model.table)} u
    WHERE UPPER(u.${column(model.EMAIL_FIELD)}) = UPPER(CAST(${email} AS text))
    ORDER BY u.${column('id')}`;
  const found = rows.flatMap((row) => {
    const user = userOf(model, row);
    keepFacts(user, row);
    return user ?? [];
  });
  return found.filter((user) => isSameAddress(user.email, email));
}

/**
 * Whether two addresses are the same, upper and lower case aside: equal after NFKC and case folding.
 * Django: contrib/auth/forms.py _unicode_ci_compare
 */
export function isSameAddress(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

// After NFKC, lower case is Python's casefold but for these two.
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ');
}
