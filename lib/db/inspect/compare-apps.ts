import { type AppDeclaration, declaredModels, permissionsOf } from '@/lib/apps/define-app';
import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { db } from '@/lib/db/client';
import { MODEL_META } from '@/lib/generated/model-meta';

type Told = {
  readonly table: string;
  readonly fields: {
    readonly [field: string]: { readonly kind: string; readonly column?: string };
  };
};

/**
 * How what the apps say of models that another application manages differs from what this database
 * has, a sentence each: models and permissions that are gone or new, columns that are gone. Of apps
 * with such a model, or of one of them by Django's label.
 * Django: no counterpart; names of permissions are texts there
 */
export async function unmanagedDifferences(
  apps: readonly AppDeclaration[],
  label?: string,
): Promise<string[]> {
  const models = declaredModels(apps).filter(
    ({ appLabel, declaration }) =>
      declaration.managed === false && (label === undefined || appLabel === label),
  );
  const rows = await db.permission.findMany({
    where: { contentType: { appLabel: { in: models.map(({ appLabel }) => appLabel) } } },
    select: { codename: true, contentType: { select: { appLabel: true, model: true } } },
  });
  const found: string[] = [];
  for (const { appLabel, model, declaration } of models) {
    const key = `${appLabel}.${model}`;
    const kept = rows
      .filter(({ contentType: each }) => each.appLabel === appLabel && each.model === model)
      .map(({ codename }) => codename);
    const declared = permissionsOf(model, declaration).map(([codename]) => codename);
    for (const codename of declared.filter((each) => !kept.includes(each))) {
      found.push(`${key}: Django has no permission ${appLabel}.${codename} any more.`);
    }
    for (const codename of kept.filter((each) => !declared.includes(each))) {
      found.push(`${key}: Django has a permission ${appLabel}.${codename}, which is not declared.`);
    }
    found.push(...(await columnDifferences(key)));
  }
  return found;
}

async function columnDifferences(key: string): Promise<string[]> {
  const name = key.replace('.', '').toLowerCase();
  const models: Readonly<Record<string, Told>> = MODEL_META;
  const told = Object.entries(models).find(([each]) => each.toLowerCase() === name)?.[1];
  const columns = told && (await tableColumns(told.table));
  if (!columns) return [];
  if (columns.length === 0) return [`${key}: the table ${told.table} is gone.`];
  const gone = Object.values(told.fields).flatMap(({ column }) =>
    column !== undefined && !columns.includes(column) ? [column] : [],
  );
  return gone.map((column) => `${key}: ${told.table} has no column ${column} any more.`);
}
