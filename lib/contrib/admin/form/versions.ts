import { type FieldMeta, type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { Row } from '@/lib/contrib/admin/options';
import { findRows } from '@/lib/contrib/admin/rows';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { sha256Hex } from '@/lib/core/crypto';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { textOfValue } from './values';

// Hexadecimal digits: 128 bits, so that nobody finds two texts of one digest.
const DIGEST_LENGTH = 32;

// Milliseconds: thirty days.
const LONGEST_OPEN = 30 * 24 * 60 * 60 * 1000;

/** That somebody else changed a row while a form of it was open. */
export type Conflict = {
  /** Those who changed it, by the history, as rows of their model; none when it was elsewhere. */
  by: Row[];
  /** The fields that differ from what the form was filled with. */
  fields: FieldMeta[];
};

/**
 * What a form was filled with, in a few characters for a hidden field: the time, and a digest of
 * each field that it writes, many-to-many fields included.
 */
export function versionOf(row: Row, fields: readonly FieldMeta[], now = new Date()): string {
  return [now.getTime().toString(36), ...fields.map((field) => digest(row, field))].join('.');
}

/**
 * Whether the row differs, in a field that the form writes, from what the form was filled with, and
 * who changed it since; null if not. A form without a version, or with one of another form, was not
 * filled with anything and conflicts with nothing.
 */
export async function findConflict(
  tx: TransactionClient,
  meta: ModelMeta,
  { version, row, fields }: { version: string; row: Row; fields: readonly FieldMeta[] },
): Promise<Conflict | null> {
  const [, ...digests] = version.split('.');
  if (digests.length !== fields.length) return null;
  const changed = fields.filter((field, index) => digest(row, field) !== digests[index]);
  if (changed.length === 0) return null;
  return { by: await changedBy(tx, meta, { id: row.id, version }), fields: changed };
}

// The form may say what it likes; no page stays open for longer.
function timeOf(version: string): Date {
  const [text = ''] = version.split('.');
  const now = Date.now();
  const time = Number.parseInt(text, 36) || 0;
  return new Date(Math.min(now, Math.max(now - LONGEST_OPEN, time)));
}

/** Who changed a row, by the history, since a form of it was filled. */
export async function changedBy(
  tx: TransactionClient,
  { appLabel, modelName }: ModelMeta,
  { id, version }: { id: RowId; version: string },
): Promise<Row[]> {
  const contentType = await getContentType(appLabel, modelName, tx);
  if (!contentType) return [];
  const since = timeOf(version);
  const entries = await tx.logEntry.findMany({
    where: { contentTypeId: contentType.id, objectId: String(id), actionTime: { gte: since } },
    select: { userId: true },
    orderBy: { id: 'asc' },
    take: 20,
  });
  const ids = [...new Set(entries.map(({ userId }) => userId))];
  return findRows(tx, modelMeta(getUserModel().name.toLowerCase()), ids);
}

function digest(row: Row, field: FieldMeta): string {
  const value = field.kind === 'foreignKey' ? row[field.scalar] : row[field.name];
  return sha256Hex(textOfValue(value)).slice(0, DIGEST_LENGTH);
}
