import type { User } from '@/lib/contrib/auth/models';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { groupsOf, ownPermissionsOf } from '@/lib/contrib/auth/users/user-joins';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { db } from '@/lib/db/client';
import { findSqlRows } from '@/lib/db/sql-delegate';
import type { Exported } from './user-export';

/**
 * What auth keeps of a person: every column of their row but the password, their groups and the
 * permissions that are granted to them alone.
 */
export async function exportAccount(user: User): Promise<{ [section: string]: Exported }> {
  const model = getUserModel();
  const fields = Object.keys(model.columns).filter((name) => name !== 'password');
  const [row] = await findSqlRows(db, model, { where: { id: user.id }, fields });
  const groups = await db.group.findMany({
    where: { id: { in: await groupsOf(db, user.id) } },
    orderBy: { name: 'asc' },
  });
  const permissions = await loadCatalogue(db, await ownPermissionsOf(db, user.id));
  const account = Object.entries(row ?? {}).map(([name, value]) => [name, exported(value)]);
  return {
    account: Object.fromEntries(account),
    groups: groups.map(({ name }) => name),
    permissions: permissions.map(({ perm }) => perm),
  };
}

function exported(value: unknown): Exported {
  if (value === null || value instanceof Date) return value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
