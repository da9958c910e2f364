import { capfirst } from '@/lib/core/text';
import { databaseProvider } from '@/lib/db/client';
import { describedColumns, fieldName, fieldNames } from '@/lib/db/migrations/described-columns';
import { MODEL_META } from '@/lib/generated/model-meta';
import { prismaType } from './prisma-types';
import type { SiteApp, SiteTable } from './site-app';

/** A field of a site's model: its name in TypeScript, its column, and what it leads to. */
export type SiteField = {
  readonly name: string;
  readonly column: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isWritable: boolean;
  /** Whether Django's forms may leave it empty: what may be null, and a text, whose `blank` no database tells. */
  readonly isBlank: boolean;
  readonly isId: boolean;
  readonly isUnique: boolean;
  /** The relation beside a key, with the model that it leads to; null for any other column. */
  readonly relation: { readonly name: string; readonly to: string } | null;
};

type Told = {
  readonly table: string;
  readonly fields: {
    readonly [field: string]: { readonly kind: string; readonly idType?: string };
  };
};

const IDS: Readonly<Record<string, string>> = {
  bigint: 'BigInt',
  text: 'String',
  uuid: 'String @db.Uuid',
};

// Django's texts: addresses of a network and UUIDs, which are never empty, are `char` on SQLite.
const VARYING = /^(?:character varying|varchar|text|citext)\b/;

/**
 * The columns of a site's table as fields. A key is a relation where both ends are known here and it
 * leads to an id; any other is a plain column, whose rows are found in the catalogue.
 */
export function siteFields(site: SiteApp, table: SiteTable, userTable: string): SiteField[] {
  const provider = databaseProvider();
  const columns = describedColumns(table.described);
  const byColumn = fieldNames(columns.map(({ column }) => column));
  const names = new Set(byColumn.values());
  return columns.map(({ column, type, isRequired }) => {
    const name = byColumn.get(column) ?? fieldName(column);
    const isId = table.described.has(`primary key (${column})`);
    const key = table.keys.find(({ columns: own }) => own.join() === column);
    const target = key ? targetOf(site, key.to.name, userTable) : null;
    const relationName = fieldName(column.replace(/_id$/, ''));
    const isRelation =
      target !== null && key?.targets.join() === 'id' && (!names.has(relationName) || isId);
    const isUnique = table.described.get(`unique (${column})`) === 'on every row';
    const own = prismaType(provider, isId ? idWord(site, table, type) : type);
    return {
      name,
      column,
      type: isRelation ? target.idType : own.type,
      isWritable: isRelation || own.isWritable,
      isRequired,
      isBlank: !isRequired || (VARYING.test(type) && !isId && !isUnique && key === undefined),
      isId,
      isUnique,
      relation:
        isRelation && relationName !== name ? { name: relationName, to: target.prismaName } : null,
    };
  });
}

/** `prisma/schema/<app>.prisma` of a site's app. */
export function siteSchema(site: SiteApp, userTable: string): string {
  const models = site.tables.map((table) => modelText(table, siteFields(site, table, userTable)));
  return `/// Tables of the Django site beside this one, which migrates them: written by inspectdb.\n${models.join('\n')}`;
}

function modelText(table: SiteTable, fields: readonly SiteField[]): string {
  const lines = fields.flatMap(({ name, column, type, isRequired, isId, isUnique, relation }) => {
    const [scalar = '', native = ''] = type.startsWith('Unsupported') ? [type] : type.split(' @');
    const isNumbered = isId && /^(?:Int|BigInt)$/.test(scalar) && relation === null;
    const attributes = [
      isId ? '@id' : '',
      isNumbered ? '@default(autoincrement())' : '',
      isUnique && !isId ? '@unique' : '',
      name === column ? '' : `@map(${JSON.stringify(column)})`,
      native === '' ? '' : `@${native}`,
    ].filter(Boolean);
    const optional = isRequired ? '' : '?';
    const line = `  ${name} ${scalar}${optional} ${attributes.join(' ')}`.trimEnd();
    if (relation === null) return [line];
    const back = `${lower(table.prismaName)}${capfirst(relation.name)}Set`;
    const options = `"${back}", fields: [${name}], references: [id], onDelete: ${
      table.model === null ? 'Cascade' : 'Restrict'
    }, onUpdate: NoAction`;
    return [line, `  ${relation.name} ${relation.to}${optional} @relation(${options})`];
  });
  const together = [...table.described].flatMap(([part, state]) => {
    const [, list] = /^unique \(([^)]*,[^)]*)\)$/.exec(part) ?? [];
    const members = list
      ?.split(', ')
      .map((column) => fields.find((each) => each.column === column));
    if (!members?.every((each) => each !== undefined) || state !== 'on every row') return [];
    return [`  @@unique([${members.map((each) => each.name).join(', ')}])`];
  });
  return [
    `model ${table.prismaName} {`,
    ...lines,
    '',
    ...together,
    `  @@map("${table.table}")`,
    '}',
    '',
  ].join('\n');
}

function targetOf(site: SiteApp, table: string, userTable: string) {
  if (table === userTable) return { prismaName: 'User', idType: 'Int' };
  const own = site.tables.find((each) => each.table === table);
  if (own) {
    const id = describedColumns(own.described).find(({ column }) => column === 'id');
    if (id === undefined || !own.described.has('primary key (id)')) return null;
    const word = idWord(site, own, id.type);
    return { prismaName: own.prismaName, idType: prismaType(databaseProvider(), word).type };
  }
  const models: Readonly<Record<string, Told>> = MODEL_META;
  const [prismaName, told] = Object.entries(models).find(([, each]) => each.table === table) ?? [];
  const id = told?.fields['id'];
  if (prismaName === undefined || id?.kind !== 'id') return null;
  return { prismaName, idType: IDS[id.idType ?? ''] ?? 'Int' };
}

// SQLite declares every numbered id as INTEGER: what refers to it says how wide Django takes it to be.
function idWord(site: SiteApp, { table }: SiteTable, word: string): string {
  if (databaseProvider() !== 'sqlite' || word !== 'integer') return word;
  const isWide = site.tables.some(({ keys, described }) =>
    keys.some(
      ({ to, columns }) =>
        to.name === table && described.get(`column ${columns.join()}`)?.startsWith('bigint'),
    ),
  );
  return isWide ? 'bigint' : word;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
