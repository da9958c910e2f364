import type { User } from '@/lib/contrib/auth/models';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { hasNul } from '@/lib/forms/fields';
import type { UserModel } from './user-model';

const PREFIX = 'user.';

/**
 * The columns of a user model for the select list of a raw statement, from the table `alias`. They
 * keep clear of whatever else the statement selects.
 */
export function userColumns({ columns }: UserModel, alias: string): Prisma.Sql {
  const selected = Object.entries(columns).map(
    ([field, column]) =>
      Prisma.sql`${identifier(alias)}.${identifier(column)} AS ${identifier(PREFIX + field)}`,
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
 * The users with this e-mail address, at most two: enough to see that it is not one person's. Upper
 * and lower case are one, on SQLite those of ASCII.
 * Django: PasswordResetForm.get_users (email__iexact, then _unicode_ci_compare)
 */
export async function usersByEmail(model: UserModel, email: string): Promise<User[]> {
  if (hasNul(email)) return [];
  const column = identifier(model.columns[model.EMAIL_FIELD] ?? model.EMAIL_FIELD);
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 'u')} FROM ${identifier(model.table)} u
    WHERE lower(u.${column}) = lower(${email}) LIMIT 2`;
  return rows.flatMap((row) => userOf(model, row) ?? []);
}
