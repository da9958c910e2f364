import { capfirst } from '@/lib/core/text';
import { type ForeignKey, ownForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { isReadable } from '@/lib/db/catalogue/readable';
import { db } from '@/lib/db/client';
import { describeTable, type TableDescription } from '@/lib/db/migrations/adoption-catalogue';
import { describedColumns } from '@/lib/db/migrations/described-columns';

/** A table of a site's own app, as its catalogue and Django's registers have it. */
export type SiteTable = {
  readonly table: string;
  /** Its name in the Prisma schema, `PollsQuestion`. */
  readonly prismaName: string;
  /** Django's name of the model in lower case; null for a table that only ties two models together. */
  readonly model: string | null;
  readonly verboseName: string;
  readonly described: TableDescription;
  readonly keys: readonly ForeignKey[];
  /** What Django keeps of permissions: codename and label, in the order of their numbers. */
  readonly permissions: readonly (readonly [codename: string, label: string])[];
};

/** A site's app: Django's label, and its folder here, which has no underscore. */
export type SiteApp = {
  readonly label: string;
  readonly app: string;
  readonly tables: readonly SiteTable[];
  /** What is left out and why, by Django's name: proxies, a `db_table` of one's own, what may not be read. */
  readonly leftOut: readonly string[];
};

/**
 * The models of an app as a Django keeps them in this database: those that its register of content types
 * names and that have a table that may be read, and the tables of their many-to-many fields. Without
 * tables where the database has none of that app. Reads, and writes nothing.
 * Django: core/management/commands/inspectdb.py
 */
export async function inspectApp(label: string): Promise<SiteApp> {
  const keys = await ownForeignKeys();
  const types = await db.contentType.findMany({
    where: { appLabel: label },
    orderBy: { id: 'asc' },
    include: { permissions: { orderBy: { id: 'asc' } } },
  });
  const tables: SiteTable[] = [];
  const leftOut: string[] = [];
  for (const { model, permissions } of types) {
    const table = `${label}_${model}`;
    const described = await describeTable(db, table, 'permanent');
    if (described.size === 0 || !(await isReadable(table))) {
      const why = described.size === 0 ? `there is no table ${table}` : `${table} may not be read`;
      leftOut.push(`${label}.${model}: ${why}`);
      continue;
    }
    const pairs = permissions.map(({ codename, name }) => [codename, name] as const);
    const ofTable = keys.filter(({ from }) => from.name === table);
    const verboseName = /^Can add (.+)$/.exec(pairs[0]?.[1] ?? '')?.[1] ?? model;
    // A model is found by its label and its name, of which the case alone may be another.
    const names = { table, model, prismaName: capfirst(label) + capfirst(model), verboseName };
    tables.push({ ...names, described, keys: ofTable, permissions: pairs });
  }
  const ties = await tiesOf(label, tables, keys);
  for (const { table, keys: own } of ties) {
    if (!isTieReadable(own)) leftOut.push(`${table}: it may not be read`);
  }
  return {
    label,
    app: label.replaceAll('_', ''),
    tables: [...tables, ...ties.filter((tie) => isTieReadable(tie.keys))],
    leftOut,
  };
}

/**
 * The labels of the apps that `inspectApp` finds tables of, in the order of the alphabet.
 * Django: no counterpart; its inspectdb takes all tables
 */
export async function inspectableLabels(): Promise<string[]> {
  const types = await db.contentType.findMany({ orderBy: { appLabel: 'asc' } });
  const found = new Set<string>();
  for (const { appLabel, model } of types) {
    const table = `${appLabel}_${model}`;
    if (!found.has(appLabel) && (await isReadable(table))) found.add(appLabel);
  }
  return [...found];
}

function isTieReadable(keys: readonly ForeignKey[]): boolean {
  return keys.every((key) => key.isReadable);
}

// Django makes the table of a many-to-many field by itself, and no content type for it.
async function tiesOf(label: string, models: readonly SiteTable[], keys: readonly ForeignKey[]) {
  const known = new Set(models.map(({ table }) => table));
  const names = new Set(keys.map(({ from }) => from.name).filter((name) => !known.has(name)));
  const ties: SiteTable[] = [];
  for (const table of names) {
    const owner = models.find((each) => table.startsWith(`${each.table}_`));
    const ofTable = keys.filter(({ from }) => from.name === table);
    const described = await describeTable(db, table, 'permanent');
    const columns = describedColumns(described);
    if (!owner || ofTable.length !== 2 || columns.length !== 3) continue;
    const prismaName = capfirst(label) + pascal(table.slice(label.length + 1));
    ties.push({
      table,
      model: null,
      prismaName,
      verboseName: '',
      described,
      keys: ofTable,
      permissions: [],
    });
  }
  return ties;
}

function pascal(words: string): string {
  return words.split('_').map(capfirst).join('');
}
