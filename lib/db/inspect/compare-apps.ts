import {
  type AppDeclaration,
  type DeclaredModel,
  declaredModels,
  permissionsOf,
} from '@/lib/apps/define-app';
import { db } from '@/lib/db/client';
import { describeTable } from '@/lib/db/migrations/adoption-catalogue';
import { describedColumns } from '@/lib/db/migrations/described-columns';
import { MODEL_META } from '@/lib/generated/model-meta';
import { inspectApp } from './site-app';

type Told = {
  readonly table: string;
  readonly fields: {
    readonly [field: string]: { readonly kind: string; readonly column?: string };
  };
};

type Metas = Readonly<Record<string, Told>>;

/**
 * How what the apps say of models that another application manages differs from what this database
 * has, a sentence each: models, permissions, tables and columns that are gone or new. Of apps with such
 * a model, or of one of them by Django's label. Of an app of which no model is in the Prisma schema,
 * `metas`, as that of a site's user model, further models are none of ours; nor are anywhere those that
 * `inspectApp` leaves out.
 * Django: no counterpart; names of permissions are texts there
 */
export async function unmanagedDifferences(
  apps: readonly AppDeclaration[],
  label?: string,
  metas: Metas = MODEL_META,
): Promise<string[]> {
  const all = declaredModels(apps);
  const models = all.filter(
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
    found.push(...(await columnDifferences(key, metaOf(metas, key))));
  }
  const written = models.filter(({ appLabel, model }) => metaOf(metas, `${appLabel}.${model}`));
  const labels = [...new Set(written.map(({ appLabel }) => appLabel))];
  for (const each of labels) found.push(...(await undeclaredTables(each, all, metas)));
  return found;
}

async function undeclaredTables(
  label: string,
  declared: readonly DeclaredModel[],
  metas: Metas,
): Promise<string[]> {
  const known = new Set(Object.values(metas).map(({ table }) => table));
  const models = declared.filter(({ appLabel }) => appLabel === label);
  const { tables } = await inspectApp(label);
  return tables.flatMap(({ table, model }) => {
    const isKnown = model === null ? known.has(table) : models.some((each) => each.model === model);
    if (isKnown) return [];
    return model === null
      ? [`${label}: Django has a table ${table}, which is not declared.`]
      : [`${label}.${model}: Django has the model in ${table}, which is not declared.`];
  });
}

function metaOf(metas: Metas, key: string): Told | undefined {
  const name = key.replace('.', '').toLowerCase();
  return Object.entries(metas).find(([each]) => each.toLowerCase() === name)?.[1];
}

async function columnDifferences(key: string, told: Told | undefined): Promise<string[]> {
  if (told === undefined) return [];
  const { table, fields } = told;
  const described = await describeTable(db, table, 'permanent');
  const columns = describedColumns(described).map(({ column }) => column);
  if (columns.length === 0) return [`${key}: the table ${table} is gone.`];
  const declared = Object.values(fields).flatMap(({ column }) => column ?? []);
  const gone = declared.filter((column) => !columns.includes(column));
  const fresh = columns.filter((column) => !declared.includes(column));
  return [
    ...gone.map((column) => `${key}: ${table} has no column ${column} any more.`),
    ...fresh.map((column) => `${key}: ${table} has a column ${column}, which is not declared.`),
  ];
}
