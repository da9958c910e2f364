import { type FieldMeta, getField, type ModelMeta } from '@/lib/contrib/admin/meta';
import { ValidationError } from '@/lib/core/exceptions';
import {
  isForeignKeyViolation,
  isTaken,
  isUniqueViolation,
  violatedBy,
  violatedCheck,
} from '@/lib/db/errors';
import { alreadyExists } from './uniqueness';

/**
 * Do one write, and say in Django's words what another row has already: at the field, if it is one of
 * the form's, otherwise of the form as a whole, as where several fields are unique together. Throws
 * ValidationError for that, and for a row that is named and gone. On PostgreSQL a transaction around
 * it is lost with the write.
 * Django: Model.unique_error_message
 */
export async function refuseTakenOf<T>(
  meta: ModelMeta,
  fields: readonly FieldMeta[],
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const refusal = refusalOf(error, meta, fields);
    throw refusal ?? error;
  }
}

function refusalOf(
  error: unknown,
  meta: ModelMeta,
  fields: readonly FieldMeta[],
): ValidationError | null {
  if (isForeignKeyViolation(error) && fields.some(({ kind }) => kind === 'foreignKey')) {
    return new ValidationError('What this names is gone by now: choose again.', 'invalid_choice');
  }
  const check = violatedCheck(error);
  if (check !== null) {
    return new ValidationError(
      `The database refuses these values by its rule ${check}.`,
      'invalid',
    );
  }
  if (!isUniqueViolation(error)) return null;
  const together = meta.uniqueTogether.find((names) => isTakenTogether(error, meta, names));
  if (together) return new ValidationError(alreadyExists(meta, together), 'unique_together');
  const own = [...meta.fields.values()].find(
    (field) =>
      'column' in field &&
      'isUnique' in field &&
      field.isUnique &&
      isTaken(error, meta.table, field.column),
  );
  if (!own) return null;
  const isShown = fields.includes(own);
  return new ValidationError(
    alreadyExists(meta, [own.name]),
    'unique',
    ...(isShown ? [own.formName] : []),
  );
}

function isTakenTogether(error: unknown, meta: ModelMeta, names: readonly string[]): boolean {
  const violated = violatedBy(error);
  const columns = names.map((name) => {
    const field = getField(meta, name);
    return 'column' in field ? field.column : name;
  });
  return (
    columns.every((column) => violated?.columns.includes(column)) ||
    violated?.constraint?.startsWith(`${meta.table}_${columns.join('_')}_`) === true
  );
}
