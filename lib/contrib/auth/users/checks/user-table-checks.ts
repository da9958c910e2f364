import { declaredModels } from '@/lib/apps/define-app';
import { installedApps } from '@/lib/apps/installed';
import { misledKeys } from '@/lib/contrib/auth/management/point-at-users';
import { findUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { tableColumns } from '@/lib/db/catalogue/table-columns';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

const MIGRATE = 'Run `npm run manage -- migrate`, or correct the model or its migration.';

/**
 * A user model whose tables are not there or lack columns, which no app declares, so that it has no
 * screens and no permissions, or past which other tables refer. Silent while there is no such model,
 * or no database that answers: other checks say so.
 * Django: models.E028, fields.E301 (a relation to a model that was swapped out)
 */
export async function checkUserTables(): Promise<CheckMessage[]> {
  const model = findUserModel();
  if (!model) return [];
  return [...declared(model), ...(await missing(model)), ...(await misled(model))];
}

function declared({ name, columns }: UserModel): CheckMessage[] {
  const key = name.toLowerCase();
  const isDeclared = declaredModels(installedApps()).some(
    ({ appLabel, model }) => `${appLabel}.${model}` === key,
  );
  const found: CheckMessage[] = [];
  if (!isDeclared) {
    const message = `No installed app declares the user model ${name}: it has no permissions and the admin cannot show it.`;
    found.push(checkError('auth.E130', message, 'Add it to the `models` of its app.'));
  }
  if (!Object.hasOwn(columns, 'isStaff')) {
    const message = `${name} has no field isStaff: nobody may enter the admin.`;
    found.push(checkWarning('auth.W130', message, 'Add the column and the field.'));
  }
  return found;
}

async function missing(model: UserModel): Promise<CheckMessage[]> {
  const { table, columns, groups, userPermissions } = model;
  const needed = [
    { table, columns: Object.values(columns) },
    ...(groups ? [{ table: groups.table, columns: ['id', groups.column, 'group_id'] }] : []),
    ...(userPermissions
      ? [{ table: userPermissions.table, columns: ['id', userPermissions.column, 'permission_id'] }]
      : []),
  ];
  const found: CheckMessage[] = [];
  for (const each of needed) {
    const there = await tableColumns(each.table);
    const lacking = each.columns.filter((column) => !there?.includes(column));
    if (there === null || lacking.length === 0) continue;
    const what =
      there.length === 0 ? `the table ${each.table}` : `${each.table}.${lacking.join(', ')}`;
    found.push(checkError('auth.E131', `The database lacks ${what} of ${model.name}.`, MIGRATE));
  }
  return found;
}

async function misled(model: UserModel): Promise<CheckMessage[]> {
  const keys = await misledKeys(model).catch(() => []);
  if (keys.length === 0) return [];
  const names = keys.map(({ table, column }) => `${table}.${column}`).join(', ');
  const message = `${names} refer to another table than ${model.table}, that of ${model.name}.`;
  return [checkError('auth.E132', message, 'Run `npm run manage -- migrate`.')];
}
