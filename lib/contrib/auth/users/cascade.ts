import { chunksOf } from '@/lib/db/chunks';
import { type DbClient, Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { preDelete } from '@/lib/db/signals';
import { type RowId, rowIdOf } from '@/lib/forms/row-id';
import { graphNameOf, hasId, idTypeOf, modelGraph } from './model-graph';
import { type Reference, referencesTo } from './references';
import { deleteRowsOfOthers } from './rows-of-others';
import { deleteWithUsers } from './user-deletion';
import { findUserModel } from './user-model';

/** How many rows of one table refer to the rows that go. */
export type Related = { reference: Reference; count: number };

/** What refers to the rows of a model, and to what goes with them, down to any depth. */
export async function relatedTo(
  client: DbClient,
  prismaName: string,
  ids: readonly RowId[],
): Promise<Related[]> {
  const found: Related[] = [];
  for (const reference of referencesTo(prismaName)) {
    const count = await countReferring(client, reference, ids);
    if (count === 0) continue;
    found.push({ reference, count });
    if (!isBranch(reference)) continue;
    const children = await referringIds(client, reference, ids);
    found.push(...(await relatedTo(client, reference.prismaName, children)));
  }
  return found;
}

/**
 * Delete the rows of a model, by its name in `schema.prisma`, with all that hangs on them, in the
 * transaction of the caller; with users of the model in use goes also what apps keep of them. Returns
 * how many rows of the model itself there were. Throws TypeError for a
 * model that the schema does not have.
 * Django: db/models/deletion.py Collector.delete
 */
export async function deleteCascading(
  tx: TransactionClient,
  prismaName: string,
  ids: readonly RowId[],
): Promise<number> {
  const table = modelGraph()[prismaName]?.table;
  if (table === undefined) throw new TypeError(`The schema has no model ${prismaName}.`);
  const users = findUserModel();
  if (users && graphNameOf(users) === prismaName) await deleteWithUsers(tx, ids.map(Number));
  await removeReferences(tx, prismaName, ids);
  await preDelete.send({ tx, prismaName, column: 'id', ids });
  await deleteRowsOfOthers(tx, { prismaName, column: 'id', ids });
  return removeWhere(tx, table, 'id', ids);
}

/**
 * Delete what refers to these rows, deepest first, and empty the keys that may be empty.
 * Django: db/models/deletion.py CASCADE, SET_NULL
 */
async function removeReferences(
  tx: TransactionClient,
  prismaName: string,
  ids: readonly RowId[],
): Promise<void> {
  for (const reference of referencesTo(prismaName)) {
    const { table, column, fate } = reference;
    if (fate === 'kept without it') {
      for (const chunk of chunksOf(ids)) {
        await tx.$executeRaw`UPDATE ${identifier(table)} SET ${identifier(column)} = NULL
          WHERE ${identifier(column)} IN (${Prisma.join(chunk)})`;
      }
      continue;
    }
    if (isBranch(reference)) {
      const children = await referringIds(tx, reference, ids);
      await removeReferences(tx, reference.prismaName, children);
    }
    await preDelete.send({ tx, prismaName: reference.prismaName, column, ids });
    await deleteRowsOfOthers(tx, { prismaName: reference.prismaName, column, ids });
    await removeWhere(tx, table, column, ids);
  }
}

function isBranch({ fate, other, prismaName }: Reference): boolean {
  return (
    fate === 'deleted' && other === null && hasId(prismaName) && referencesTo(prismaName).length > 0
  );
}

async function removeWhere(
  tx: TransactionClient,
  table: string,
  column: string,
  ids: readonly RowId[],
): Promise<number> {
  let count = 0;
  for (const chunk of chunksOf(ids)) {
    count += await tx.$executeRaw`
      DELETE FROM ${identifier(table)} WHERE ${identifier(column)} IN (${Prisma.join(chunk)})`;
  }
  return count;
}

async function countReferring(
  client: DbClient,
  { table, column }: Reference,
  ids: readonly RowId[],
): Promise<number> {
  let total = 0;
  for (const chunk of chunksOf(ids)) {
    const [row] = await client.$queryRaw<{ count: bigint | number }[]>`
      SELECT count(*) AS count FROM ${identifier(table)}
      WHERE ${identifier(column)} IN (${Prisma.join(chunk)})`;
    total += Number(row?.count ?? 0);
  }
  return total;
}

async function referringIds(
  client: DbClient,
  { table, column, prismaName }: Reference,
  ids: readonly RowId[],
): Promise<RowId[]> {
  const idType = idTypeOf(prismaName);
  const found: RowId[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows = await client.$queryRaw<{ id: RowId }[]>`
      SELECT id FROM ${identifier(table)} WHERE ${identifier(column)} IN (${Prisma.join(chunk)})`;
    found.push(...rows.map(({ id }) => rowIdOf(id, idType)));
  }
  return found;
}
