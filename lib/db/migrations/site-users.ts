import { brought } from '@/lib/apps/registry';
import { type ForeignKey, ownForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { splitStatements } from './sql-script';

/** A table that ties users to groups or permissions, and its column with the user's id. */
export type SiteJoin = { readonly table: string; readonly column: string };

/** Where a Django site keeps its people: its user model's table, and what ties them to what they hold. */
export type SiteUsers = {
  readonly table: string;
  readonly groups: SiteJoin | null;
  readonly userPermissions: SiteJoin | null;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Where people are kept by the settings, for who compares a database with them; null: not known. */
    readonly siteUsers?: readonly (() => SiteUsers | null)[];
  }
}

const STOCK: SiteUsers = {
  table: 'auth_user',
  groups: { table: 'auth_user_groups', column: 'user_id' },
  userPermissions: { table: 'auth_user_user_permissions', column: 'user_id' },
};

/** Where the settings say that people are: `AUTH_USER_MODEL`, or `auth_user` where no app says it. */
export function usersOfSettings(): SiteUsers {
  return brought('siteUsers').flatMap((users) => users() ?? [])[0] ?? STOCK;
}

/**
 * Where the people of the current database are: the table that the history of Django's admin leads to,
 * or that groups are tied to. Null where nothing leads anywhere. Reads the catalogue alone.
 * Django: no counterpart; `AUTH_USER_MODEL` is in the settings of a site, not in its database
 */
export async function usersOfDatabase(): Promise<SiteUsers | null> {
  const keys = (await ownForeignKeys()).filter(({ columns }) => columns.length === 1);
  const table =
    keys.find(isUserOfHistory)?.to.name ?? tied(keys, 'auth_group').find((tie) => tie.isAlone)?.to;
  if (table === undefined) return null;
  return {
    table,
    groups: joinOf(keys, table, 'auth_group'),
    userPermissions: joinOf(keys, table, 'auth_permission'),
  };
}

/**
 * Django's tables as a site with these users has them, as the statements of the first migration say
 * them: its own table in the place of `auth_user`, of which the id alone is told.
 */
export function statementsFor(users: SiteUsers, sql: string): string[] {
  if (users.table === STOCK.table) return splitStatements(sql);
  const renamed = [
    ['auth_user_groups', users.groups],
    ['auth_user_user_permissions', users.userPermissions],
  ] as const;
  return splitStatements(sql).flatMap((statement) => {
    for (const [stock, join] of renamed) {
      if (!new RegExp(`(?:TABLE|ON) "${stock}"`).test(statement)) continue;
      if (join === null) return [];
      const own = statement.replaceAll(`"${stock}"`, `"${join.table}"`);
      return [
        own
          .replaceAll('"user_id"', `"${join.column}"`)
          .replaceAll('"auth_user"', `"${users.table}"`),
      ];
    }
    if (/^CREATE (?:UNIQUE )?INDEX \S+ ON "auth_user"/.test(statement)) return [];
    const [, id] = /^CREATE TABLE "auth_user" \(\s*("id"[^,]*),/.exec(statement) ?? [];
    if (id !== undefined) return [`CREATE TABLE "${users.table}" (${id})`];
    return [statement.replaceAll('"auth_user"', `"${users.table}"`)];
  });
}

function isUserOfHistory({ from, columns }: ForeignKey): boolean {
  return from.name === 'django_admin_log' && columns[0] === 'user_id';
}

// A table with two keys of which one leads to groups, or permissions, ties what the other leads to.
function tied(keys: readonly ForeignKey[], other: string) {
  return keys
    .filter(({ to }) => to.name === other)
    .flatMap(({ from }) => {
      const of = keys.filter((key) => key.from.name === from.name);
      const ends = of.filter(({ to }) => to.name !== other);
      return ends.map(({ columns, to }) => ({
        table: from.name,
        column: columns[0] ?? '',
        to: to.name,
        isAlone: of.length === 2 && to.name !== 'auth_permission' && to.name !== 'auth_group',
      }));
    });
}

function joinOf(keys: readonly ForeignKey[], table: string, other: string): SiteJoin | null {
  const found = tied(keys, other).filter((tie) => tie.to === table && tie.isAlone);
  // Django names it after the model's table; another may tie users to groups as well.
  const end = other === 'auth_group' ? 'groups' : 'user_permissions';
  const join = found.find((tie) => tie.table === `${table}_${end}`) ?? found[0];
  return join ? { table: join.table, column: join.column } : null;
}
