import { getUserModel, type UserJoin } from '@/lib/contrib/auth/users/user-model';
import type { DbClient } from '@/lib/db/client';
import {
  deleteSqlRows,
  findSqlRows,
  insertSqlRow,
  insertSqlRows,
  type SqlRow,
  type SqlTable,
  type SqlWhere,
  updateSqlRows,
} from '@/lib/db/sql-delegate';

type Values = Record<string, unknown>;
type Args = {
  where?: Values;
  data?: Values | Values[];
  orderBy?: Values;
  take?: number;
  omit?: Values;
};

/** As much of `db.user` as the tests use, for the user model in use: `username` is its name. */
export function accountsOf(client: DbClient) {
  const model = getUserModel();
  const named = (values: Values) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => name in model.columns || name === 'username')
        .map(([name, value]) => [name === 'username' ? model.USERNAME_FIELD : name, value]),
    );
  return delegate(client, model, {
    toRow: (values) => ({ ...model.newRow(), password: '', ...named(values) }),
    named,
    shown: (row) => ({ ...row, username: row[model.USERNAME_FIELD] }),
  });
}

/** As much of `db.userGroup` as the tests use. */
export function membershipsOf(client: DbClient) {
  return delegate(client, joinTable(getUserModel().groups, 'groupId', 'group_id'), plain);
}

/** As much of `db.userPermission` as the tests use. */
export function grantsOf(client: DbClient) {
  const { userPermissions } = getUserModel();
  return delegate(client, joinTable(userPermissions, 'permissionId', 'permission_id'), plain);
}

const same = (values: Values) => values;
const plain = { toRow: same, named: same, shown: (row: SqlRow) => row };

function joinTable(join: UserJoin | null, other: string, column: string): SqlTable {
  if (!join) throw new Error('The model has no such table.');
  return { table: join.table, columns: { id: 'id', userId: join.column, [other]: column } };
}

type Shape = {
  toRow: (values: Values) => Values;
  named: (values: Values) => Values;
  shown: (row: SqlRow) => SqlRow;
};

function delegate(client: DbClient, table: SqlTable, { toRow, named, shown }: Shape) {
  async function findMany({ where = {}, orderBy = { id: 'asc' }, take }: Args = {}) {
    const rows = await findSqlRows(client, table, {
      where: conditions(where),
      orderBy: Object.keys(named(orderBy))[0] ?? 'id',
      ...(take !== undefined && { take }),
    });
    return rows.map(shown);
  }
  // An alternative is asked one by one.
  function conditions({ OR: _, ...where }: Values): SqlWhere {
    return named(where) as SqlWhere;
  }
  async function findFirst(args: Args = {}) {
    return (await findMany({ ...args, take: 1 }))[0] ?? null;
  }
  async function findOrThrow(args: Args = {}) {
    const row = await findFirst(args);
    if (!row) throw new Error(`${table.table} has no such row.`);
    return row;
  }
  async function create({ data = {} }: Args) {
    const id = await insertSqlRow(client, table, toRow([data].flat()[0] ?? {}));
    return findOrThrow({ where: { id } });
  }
  async function each({ where = {} }: Args, act: (where: SqlWhere) => Promise<number>) {
    const alternatives = Array.isArray(where['OR']) ? (where['OR'] as Values[]) : [where];
    let count = 0;
    for (const alternative of alternatives) count += await act(conditions(alternative));
    return { count };
  }
  return {
    findMany: async (args: Args = {}) => {
      const { OR } = args.where ?? {};
      if (!Array.isArray(OR)) return findMany(args);
      const found = await Promise.all(OR.map((where: Values) => findMany({ ...args, where })));
      return found.flat();
    },
    findFirst,
    findUnique: findFirst,
    findFirstOrThrow: findOrThrow,
    findUniqueOrThrow: findOrThrow,
    create,
    createMany: async ({ data = [] }: Args) => {
      const rows = [data].flat().map(toRow);
      return { count: await insertSqlRows(client, table, rows) };
    },
    update: async ({ where = {}, data = {} }: Args) => {
      const values = named([data].flat()[0] ?? {});
      const row = await findOrThrow({ where });
      await updateSqlRows(client, table, { id: row.id }, values);
      return findOrThrow({ where: { id: row.id } });
    },
    updateMany: (args: Args) =>
      each(args, (where) =>
        updateSqlRows(client, table, where, named([args.data ?? {}].flat()[0] ?? {})),
      ),
    delete: async ({ where = {} }: Args) => {
      const row = await findOrThrow({ where });
      await deleteSqlRows(client, table, { id: row.id });
      return row;
    },
    deleteMany: (args: Args = {}) => each(args, (where) => deleteSqlRows(client, table, where)),
    count: async (args: Args = {}) => (await findMany(args)).length,
  };
}
