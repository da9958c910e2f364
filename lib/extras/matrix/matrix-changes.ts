import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { ownPermissionsOf } from '@/lib/contrib/auth/users/user-joins';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import type { DbClient } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';

/** One cell that somebody wants otherwise: what a group or a user is given, or loses. */
export type MatrixChange = {
  kind: 'group' | 'user';
  id: number;
  permissionId: number;
  gives: boolean;
};

/** The changes of one group or user. `held` is all that it holds by itself now, by id. */
export type ColumnChange = {
  kind: 'group' | 'user';
  id: number;
  name: string;
  held: number[];
  given: CataloguedPermission[];
  taken: CataloguedPermission[];
};

/** What changes come to in the database as it is now. */
export type ResolvedChanges = {
  columns: ColumnChange[];
  /** Changes that somebody else has made meanwhile, or made impossible, in sentences. */
  overtaken: string[];
};

/** A group or user as a form or an address names it. */
export type ColumnName = { kind: 'group' | 'user'; id: number };

/** The column that `g12` or `u7` names; null for any other text. */
export function parseColumnName(text: string): ColumnName | null {
  const [, letter, digits = ''] = /^([gu])(\d+)$/.exec(text) ?? [];
  const id = parseId(digits);
  return id === null ? null : { kind: letter === 'g' ? 'group' : 'user', id };
}

/** The text that `parseColumnName` reads. */
export function formatColumnName({ kind, id }: ColumnName): string {
  return `${kind === 'group' ? 'g' : 'u'}${id}`;
}

// As many parameters as either database takes in one statement, nearly.
const MAX_CHANGES = 30_000;

/**
 * Changes as a form carries them, `g12+45 u7-3`: group 12 is given permission 45, user 7 loses 3.
 * Of two for one cell the later counts. Returns null for a text that is no such list, or that names
 * more than 30,000 cells.
 */
export function parseMatrixChanges(text: string): MatrixChange[] | null {
  const changes = new Map<string, MatrixChange>();
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const [, name = '', sign, digits = ''] = /^([gu]\d+)([+-])(\d+)$/.exec(word) ?? [];
    const column = parseColumnName(name);
    const permissionId = parseId(digits);
    if (column === null || permissionId === null) return null;
    changes.set(`${name} ${permissionId}`, { ...column, permissionId, gives: sign === '+' });
  }
  return changes.size > MAX_CHANGES ? null : [...changes.values()];
}

/** The text that `parseMatrixChanges` reads. */
export function formatMatrixChanges(changes: Iterable<MatrixChange>): string {
  return [...changes]
    .map((change) => `${formatColumnName(change)}${change.gives ? '+' : '-'}${change.permissionId}`)
    .join(' ');
}

/**
 * Hold changes against the database: by group and user, groups first, without those that are so
 * already, which somebody else must have made since the person looked. One statement for all groups.
 */
export async function resolveChanges(
  client: DbClient,
  changes: readonly MatrixChange[],
  catalogue: readonly CataloguedPermission[],
): Promise<ResolvedChanges> {
  const permissions = new Map(catalogue.map((permission) => [permission.id, permission]));
  const groups = await groupColumns(client, changes);
  const columns: ColumnChange[] = [];
  const overtaken: string[] = [];
  for (const { kind, id, cells } of byColumn(changes)) {
    const column = kind === 'group' ? groups.get(id) : await userColumn(client, id);
    if (!column) {
      overtaken.push(`The ${kind} ${id} is gone.`);
      continue;
    }
    const held = new Set(column.held);
    for (const { permissionId, gives } of cells) {
      const permission = permissions.get(permissionId);
      const words = gives ? 'was given' : 'was taken away from';
      if (!permission) overtaken.push(`The permission ${permissionId} is gone.`);
      else if (held.has(permissionId) === gives) {
        overtaken.push(
          `${permission.perm} ${words}${gives ? ' to' : ''} ${column.name} meanwhile.`,
        );
      } else (gives ? column.given : column.taken).push(permission);
    }
    if (column.given.length + column.taken.length > 0) columns.push(column);
  }
  return { columns, overtaken };
}

/** All that a group or user shall hold after its changes, by id. */
export function heldAfter({ held, given, taken }: ColumnChange): number[] {
  const lost = new Set(taken.map(({ id }) => id));
  return [...held.filter((id) => !lost.has(id)), ...given.map(({ id }) => id)];
}

type Column = Pick<MatrixChange, 'kind' | 'id'> & { cells: MatrixChange[] };

function byColumn(changes: readonly MatrixChange[]): Column[] {
  const columns = new Map<string, Column>();
  for (const change of changes) {
    const { kind, id } = change;
    const column = columns.get(`${kind} ${id}`) ?? { kind, id, cells: [] };
    columns.set(`${kind} ${id}`, column);
    column.cells.push(change);
  }
  return [...columns.values()].sort((a, b) => a.kind.localeCompare(b.kind, 'en') || a.id - b.id);
}

async function groupColumns(
  client: DbClient,
  changes: readonly MatrixChange[],
): Promise<Map<number, ColumnChange>> {
  const ids = new Set(changes.flatMap(({ kind, id }) => (kind === 'group' ? [id] : [])));
  const groups = await loadGroupPermissions(client, [...ids]);
  return new Map(
    groups.map(({ id, name, permissions }) => [
      id,
      { kind: 'group', id, name, held: permissions.map((each) => each.id), given: [], taken: [] },
    ]),
  );
}

async function userColumn(client: DbClient, id: number): Promise<ColumnChange | null> {
  const user = (await userNames([id], client)).get(id);
  if (!user) return null;
  const held = await ownPermissionsOf(client, id);
  return { kind: 'user', id, name: user.username, held, given: [], taken: [] };
}
