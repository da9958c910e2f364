import { discardLater } from '@/lib/contrib/admin/files/discard';
import { fileNameIn, isFile } from '@/lib/contrib/admin/files/file-fields';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { delegateOf, findRows, tieDelegate } from '@/lib/contrib/admin/rows';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import { type RowId, rowIdsIn } from '@/lib/forms/row-id';

/** What is to be written of a row: those of its fields that changed, and values that no form shows. */
export type Writing = {
  before: Row | null;
  values: Values;
  changed: readonly FieldMeta[];
  further: Values;
};

/**
 * Write a row, a new one if there was none, with its many-to-many fields. Returns it as it is now.
 * Django: ModelAdmin.save_model, BaseModelForm._save_m2m
 */
export async function writeRow(
  tx: TransactionClient,
  admin: ModelAdmin,
  { before, values, changed, further }: Writing,
): Promise<Row> {
  const { prismaName } = admin.meta;
  const delegate = delegateOf(tx, prismaName);
  const data: Values = { ...further };
  for (const field of changed) {
    if (field.kind === 'manyToMany') continue;
    data[field.kind === 'foreignKey' ? field.scalar : field.name] = written(field, values);
  }
  const id = before?.id ?? (await delegate.create({ data, select: { id: true } })).id;
  if (before && Object.keys(data).length > 0) await delegate.updateMany({ where: { id }, data });
  discardLater(
    tx,
    changed.filter(isFile).flatMap((field) => fileNameIn(before, field) ?? []),
  );
  for (const field of changed) {
    if (field.kind === 'manyToMany') await writeKeys(tx, field, { id, before, values });
  }
  return isPlain(before, changed) ? { ...before, ...data, id } : rowOf(tx, admin, id);
}

// Prisma tells a column without a value from one that holds the JSON null.
function written(field: FieldMeta, values: Values): unknown {
  const value = values[field.name];
  if (field.kind !== 'json' || value !== null) return value;
  return field.isRequired ? Prisma.JsonNull : Prisma.DbNull;
}

// What a row with other foreign keys is called, or a new one, is known when it is read with them.
function isPlain(before: Row | null, changed: readonly FieldMeta[]): before is Row {
  return before !== null && changed.every(({ kind }) => kind !== 'foreignKey');
}

async function rowOf(tx: TransactionClient, { meta }: ModelAdmin, id: RowId): Promise<Row> {
  const [row] = await findRows(tx, meta, [id]);
  if (!row) throw new Error(`${meta.key} ${id} is gone in its own transaction.`);
  return row;
}

async function writeKeys(
  tx: TransactionClient,
  { name, through }: FieldMeta & { kind: 'manyToMany' },
  { id, before, values }: { id: RowId; before: Row | null; values: Values },
): Promise<void> {
  const { from, to } = through;
  const delegate = tieDelegate(tx, through);
  const [held, wanted] = [rowIdsIn(before?.[name]), rowIdsIn(values[name])];
  const lost = held.filter((each) => !wanted.includes(each));
  const gained = wanted.filter((each) => !held.includes(each));
  await delegate.deleteMany({ where: { [from.scalar]: id, [to.scalar]: { in: lost } } });
  await delegate.createMany({
    data: gained.map((each) => ({ [from.scalar]: id, [to.scalar]: each })),
  });
}
