import { type DbClient, db } from '@/lib/db/client';
import { findSqlRows } from '@/lib/db/sql-delegate';
import { getUserModel } from './user-model';

/** What people are called: by the name they sign in with, and by their own where the model has it. */
export type UserNames = { id: number; username: string; firstName: string; lastName: string };

/**
 * The names of the users of these ids, of the model that `settings.AUTH_USER_MODEL` names, by id;
 * ids of nobody are left out. One statement, none for no ids. For rows that name users by a number:
 * a relation of Prisma's would always mean `auth.User`.
 * Django: LogEntry.user, a ForeignKey to settings.AUTH_USER_MODEL
 */
export async function userNames(
  ids: Iterable<number | null>,
  client: DbClient = db,
): Promise<Map<number, UserNames>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const model = getUserModel();
  const fields = ['id', model.USERNAME_FIELD, 'firstName', 'lastName'].filter(
    (name) => name in model.columns,
  );
  const rows = await findSqlRows(client, model, { where: { id: { in: wanted } }, fields });
  return new Map(
    rows.map((row) => {
      const textOf = (name: string) => String(row[name] ?? '');
      const username = textOf(model.USERNAME_FIELD);
      const named = { firstName: textOf('firstName'), lastName: textOf('lastName') };
      return [row.id, { id: row.id, username, ...named }];
    }),
  );
}
