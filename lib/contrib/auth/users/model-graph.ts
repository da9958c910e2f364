import type { DbClient } from '@/lib/db/client';
import type { SqlTable } from '@/lib/db/sql-delegate';
import type { IdType } from '@/lib/forms/row-id';
import { MODEL_META } from '@/lib/generated/model-meta';
import { findUserModel, type UserField, type UserJoin, type UserModel } from './user-model';

/** A column with another row's id: its name in TypeScript and in the table. */
export type KeyColumn = { readonly scalar: string; readonly column: string };

/** What a column holds. */
export type ColumnKind =
  | 'id'
  | 'text'
  | 'uuid'
  | 'integer'
  | 'bigint'
  | 'float'
  | 'decimal'
  | 'boolean'
  | 'datetime'
  | 'date'
  | 'time'
  | 'json'
  | 'bytes'
  | 'enum';

/** What a column says besides, where it does. */
export type ColumnExtras = {
  /** Of an id that is no integer. */
  readonly idType?: 'bigint' | 'text' | 'uuid';
  /** Of a decimal: all its digits, and those behind the point. */
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
  /** Of an enum: each value's name in TypeScript, and what the database keeps. */
  readonly values?: readonly (readonly [name: string, stored: string])[];
  /** PostgreSQL's type, where it says more than the kind: `inet`, `char`. */
  readonly native?: string;
  /** Prisma writes it at each change. */
  readonly isAutomatic?: boolean;
  /** The value of a new row that is told none; what makes it, if each row has another. */
  readonly default?: string | number | boolean;
  readonly defaultMaker?: string;
};

/** A column, as Prisma's metadata describes it. */
export type GraphColumn = Omit<UserField, 'kind'> & { readonly kind: ColumnKind } & ColumnExtras;

/** A field of a model, as Prisma's metadata describes it. */
export type GraphField =
  | GraphColumn
  | ({
      readonly kind: 'foreignKey';
      readonly to: string;
      readonly isRequired: boolean;
      readonly isUnique?: boolean;
      readonly onDelete: string | null;
    } & KeyColumn)
  /** What Prisma's client cannot read, by PostgreSQL's type, or a key that no address can name. */
  | {
      readonly kind: 'unsupported';
      readonly column: string;
      readonly isRequired: boolean;
      readonly type: string;
      readonly scalar?: string;
    }
  | {
      readonly kind: 'manyToMany';
      readonly to: string;
      readonly by: string;
      readonly through: {
        readonly model: string;
        readonly table: string;
        readonly from: KeyColumn;
        readonly to: KeyColumn;
      };
    }
  | { readonly kind: 'reverse'; readonly to: string; readonly by: string };

/** A model: its table, and its fields by their names in TypeScript. */
export type GraphModel = {
  readonly table: string;
  readonly fields: { readonly [field: string]: GraphField };
  /** Fields whose values no two rows have alike, all together. */
  readonly uniqueTogether?: readonly (readonly string[])[];
};

/** Every model by its name in the Prisma schema. */
export type ModelGraph = { readonly [prismaName: string]: GraphModel };

const DECLARED: ModelGraph = MODEL_META;
const OWN = 'User';
const graphs = new WeakMap<UserModel, ModelGraph>();

/**
 * Every model and what it refers to, with the model that `settings.AUTH_USER_MODEL` names in the
 * place of `auth.User`: what refers to users refers to it, and the tables of `auth.User` are nobody's.
 * Django: Options.swapped, the app registry's models
 */
export function modelGraph(): ModelGraph {
  const model = findUserModel();
  if (!model || model.table === DECLARED[OWN]?.table) return DECLARED;
  const known = graphs.get(model);
  if (known) return known;
  const graph = swapped(model);
  graphs.set(model, graph);
  return graph;
}

/** The name by which the graph knows a user model: `AccountsUser` for `accounts.User`. */
export function graphNameOf({ name, table }: Pick<UserModel, 'name' | 'table'>): string {
  if (table === DECLARED[OWN]?.table) return OWN;
  const [app = '', model = ''] = name.split('.');
  return `${app.charAt(0).toUpperCase()}${app.slice(1)}${model}`;
}

/** The table of a user model of one's own, or of what ties it to others; null for other models. */
export function ownTable(prismaName: string): SqlTable | null {
  const graph = modelGraph();
  if (graph === DECLARED || prismaName in DECLARED || !graph[prismaName]) return null;
  const { table, fields } = graph[prismaName];
  const columns = Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind === 'foreignKey') return [[field.scalar, field.column]];
    return 'column' in field && name !== 'password' ? [[name, field.column]] : [];
  });
  return { table, columns: Object.fromEntries(columns) };
}

/**
 * What the ids of a model are. Throws TypeError for a model whose rows have no id in a column "id": no
 * address can name them.
 */
export function idTypeOf(prismaName: string): IdType {
  const id = modelGraph()[prismaName]?.fields['id'];
  if (id?.kind !== 'id' || id.column !== 'id') {
    throw new TypeError(
      `${prismaName} has no field "id" in a column "id", by which addresses name a row.`,
    );
  }
  return id.idType ?? 'integer';
}

/** PostgreSQL's type of these ids, where it says more: `inet`, `smallint`, `varchar(32)`. */
export function idNativeOf(prismaName: string): string | undefined {
  const id = modelGraph()[prismaName]?.fields['id'];
  if (id?.kind !== 'id') return undefined;
  return id.idType === 'text' && id.maxLength === 32 ? (id.native ?? 'varchar(32)') : id.native;
}

/** Whether the rows of a model are named by one field, `id`. */
export function hasId(prismaName: string): boolean {
  const id = modelGraph()[prismaName]?.fields['id'];
  return id?.kind === 'id' && id.column === 'id';
}

/** The Prisma delegate of a model, by its name in the schema. */
export function prismaDelegate(client: DbClient, prismaName: string): unknown {
  return Reflect.get(client, prismaName.charAt(0).toLowerCase() + prismaName.slice(1));
}

function swapped(model: UserModel): ModelGraph {
  const name = graphNameOf(model);
  const joins = [
    { field: 'groups', to: 'Group', end: 'group', join: model.groups },
    { field: 'userPermissions', to: 'Permission', end: 'permission', join: model.userPermissions },
  ].flatMap(({ join, ...rest }) => (join ? [tied(name, { ...rest, join })] : []));
  const { [OWN]: former, ...others } = DECLARED;
  const graph = Object.fromEntries(
    Object.entries(others)
      .filter(([each]) => !TIES.includes(each))
      .map(([each, model]) => [each, { ...model, fields: repointed(model.fields, name) }]),
  );
  const referring = Object.entries(former?.fields ?? {}).filter(
    ([, { kind }]) => kind === 'reverse',
  );
  graph[name] = {
    table: model.table,
    fields: {
      ...model.fields,
      ...Object.fromEntries(joins.map(({ field, forward }) => [field, forward])),
      ...Object.fromEntries(referring),
    },
  };
  for (const { tie, through, to, back } of joins) {
    graph[tie] = through;
    const other = graph[to];
    if (other) graph[to] = { ...other, fields: { ...other.fields, users: back } };
  }
  return graph;
}

const TIES = ['groups', 'userPermissions'].flatMap((name) => {
  const field = DECLARED[OWN]?.fields[name];
  return field?.kind === 'manyToMany' ? [field.through.model] : [];
});

function repointed(fields: GraphModel['fields'], name: string): GraphModel['fields'] {
  const kept = Object.entries(fields).flatMap(([field, meta]) => {
    if (!('to' in meta) || meta.to !== OWN) return [[field, meta] as const];
    return meta.kind === 'manyToMany' ? [] : [[field, { ...meta, to: name }] as const];
  });
  return Object.fromEntries(kept);
}

type Tie = { field: string; to: string; end: string; join: UserJoin };

// As Django's automatic `through`: an id and two keys.
function tied(name: string, { field, to, end, join: { table, column } }: Tie) {
  const tie = `${name}${to}`;
  const user = { scalar: 'userId', column };
  const other = { scalar: `${end}Id`, column: `${end}_id` };
  const key = { kind: 'foreignKey', isRequired: true, onDelete: 'NoAction' } as const;
  const id = {
    kind: 'id',
    column: 'id',
    maxLength: null,
    isRequired: true,
    isUnique: false,
  } as const;
  const through: GraphModel = {
    table,
    fields: { id, user: { ...key, ...user, to: name }, [end]: { ...key, ...other, to } },
  };
  const forward: GraphField = {
    kind: 'manyToMany',
    to,
    by: end,
    through: { model: tie, table, from: user, to: other },
  };
  const back: GraphField = {
    kind: 'manyToMany',
    to: name,
    by: 'user',
    through: { model: tie, table, from: other, to: user },
  };
  return { field, to, tie, through, forward, back };
}
