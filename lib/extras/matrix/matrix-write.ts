import { keptMoves } from '@/lib/contrib/admin/kept/kept-changes';
import { ACTION_FLAGS, logActions, reasonMessages } from '@/lib/contrib/admin/models';
import { movedMessages } from '@/lib/contrib/admin/moved-messages';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { logPrivilegeChanges } from '@/lib/contrib/auth/events/privilege-events';
import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { userPermissionsTable } from '@/lib/contrib/auth/users/user-table';
import { chunksOf } from '@/lib/db/chunks';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import type { ColumnChange } from './matrix-changes';

type Kind = ColumnChange['kind'];
type Cell = { column: number; permission: number };

/**
 * Write the cells of all columns, with a history entry and a security event for each group and user,
 * in the transaction. `members` says how many people are in each group. A few statements for each thousand cells, however many columns they are in.
 * Django: ModelAdmin.save_related, construct_change_message
 */
export async function writeColumns(
  tx: TransactionClient,
  request: SecurityRequest & { user: User },
  columns: readonly ColumnChange[],
  members: ReadonlyMap<number, number>,
): Promise<void> {
  for (const kind of ['group', 'user'] as const) {
    const own = columns.filter((column) => column.kind === kind);
    await writeCells(tx, kind, own);
    await writeHistory(tx, request, kind, own);
  }
  const changes = columns.map(({ kind, id, name, given, taken }) => ({
    holder: { kind, id, name },
    detail: { given: given.map(({ perm }) => perm), taken: taken.map(({ perm }) => perm) },
  }));
  await logPrivilegeChanges(tx, { request, actor: request.user }, changes, members);
}

// By hand: of a large save, createMany would take the most time.
async function writeCells(
  tx: TransactionClient,
  kind: Kind,
  columns: readonly ColumnChange[],
): Promise<void> {
  const own = userPermissionsTable();
  const [table, owner] =
    kind === 'group'
      ? [Prisma.sql`auth_group_permissions`, Prisma.sql`group_id`]
      : [own.table, own.user];
  for (const cells of chunksOf(cellsOf(columns, 'taken'))) {
    await tx.$executeRaw`
      DELETE FROM ${table} WHERE (${owner}, permission_id) IN (VALUES ${pairs(cells)})`;
  }
  for (const cells of chunksOf(cellsOf(columns, 'given'))) {
    await tx.$executeRaw`
      INSERT INTO ${table} (${owner}, permission_id)
      SELECT v.column1, p.id FROM (VALUES ${pairs(cells)}) AS v
      JOIN auth_permission p ON p.id = v.column2`;
  }
}

function cellsOf(columns: readonly ColumnChange[], what: 'given' | 'taken'): Cell[] {
  return columns.flatMap((column) =>
    column[what].map(({ id }) => ({ column: column.id, permission: id })),
  );
}

// PostgreSQL would take parameters for text.
function pairs(cells: readonly Cell[]): Prisma.Sql {
  const numbers = cells.map(
    ({ column, permission }) => `(${Number(column)},${Number(permission)})`,
  );
  return Prisma.raw(numbers.join(','));
}

async function writeHistory(
  tx: TransactionClient,
  request: SecurityRequest & { user: User },
  kind: Kind,
  columns: readonly ColumnChange[],
): Promise<void> {
  const isGroup = kind === 'group';
  const fields = [isGroup ? 'Permissions' : 'User permissions'];
  const flag = ACTION_FLAGS.change;
  const entries = columns.map((column) => ({
    flag,
    object: { id: column.id, repr: column.name },
    messages: [
      { changed: { fields } },
      ...movedMessages(column),
      ...reasonMessages(request),
      ...keptMoves({
        [isGroup ? 'permissions' : 'user_permissions']: {
          added: column.given.map(({ id }) => id),
          removed: column.taken.map(({ id }) => id),
        },
      }),
    ],
  }));
  for (const chunk of chunksOf(entries)) {
    await logActions(tx, request.user, (isGroup ? groupAdmin : userAdmin()).meta, chunk);
  }
}
