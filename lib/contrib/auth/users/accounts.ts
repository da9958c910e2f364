import {
  emailColumn,
  userColumn,
  usernameColumn,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { lockClause, Prisma, type TransactionClient } from '@/lib/db/client';

/** As much of a user's row as the rules about superusers need. */
export type Account = {
  id: number;
  username: string;
  email: string;
  isActive: boolean;
  isStaff: boolean;
  isSuperuser: boolean;
};

type AccountRow = {
  id: number | bigint;
  username: string;
  email: string;
  is_active: boolean;
  is_staff: boolean;
  is_superuser: boolean;
};

// Well below the parameters that a statement may have.
const CHUNK = 10_000;

/**
 * Every superuser and the users of these ids, as they are now, locked against every other change
 * until the transaction ends, if it is one: of two transactions that would each leave the other's superuser as
 * the last one, the second waits, and then sees what the first has done. SQLite's transactions hold
 * the write lock from the start. Ids of nobody are left out.
 * Django: no counterpart; QuerySet.select_for_update(no_key=True)
 */
export async function lockAccounts(
  tx: TransactionClient,
  ids: readonly number[],
): Promise<Map<number, Account>> {
  const accounts = new Map<number, Account>();
  for (let start = 0; start === 0 || start < ids.length; start += CHUNK) {
    for (const account of await lockChunk(tx, ids.slice(start, start + CHUNK))) {
      accounts.set(account.id, account);
    }
  }
  return accounts;
}

async function lockChunk(tx: TransactionClient, ids: readonly number[]): Promise<Account[]> {
  const named =
    ids.length > 0
      ? Prisma.sql`OR ${userColumn('id')} IN (${Prisma.join([...ids])})`
      : Prisma.empty;
  // Rows of other tables that refer to these users may still be written, the session's say.
  const lock = lockClause(tx, 'FOR NO KEY UPDATE');
  const rows = await tx.$queryRaw<AccountRow[]>`
    SELECT ${userColumn('id')} AS id, ${usernameColumn()} AS username, ${emailColumn()} AS email,
      ${userColumn('isActive')} AS is_active, ${userColumn('isStaff')} AS is_staff,
      ${userColumn('isSuperuser')} AS is_superuser
    FROM ${userTable()}
    WHERE ${userColumn('isSuperuser')} = ${true} ${named}
    ORDER BY ${userColumn('id')}${Prisma.raw(lock)}`;
  return rows.map((row) => ({
    id: Number(row.id),
    username: row.username,
    email: row.email,
    isActive: row.is_active,
    isStaff: row.is_staff,
    isSuperuser: row.is_superuser,
  }));
}
