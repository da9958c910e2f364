import { filledValues } from '@/lib/contrib/admin/form/change-form';
import { changedFields } from '@/lib/contrib/admin/form/clashes';
import { editableFields, readForm, type UnseenIds } from '@/lib/contrib/admin/form/form-fields';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import {
  hasChangePermission,
  hasViewPermission,
  mayChangeEach,
} from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { findRows, visibleIds } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { sha256Hex } from '@/lib/core/crypto';
import { capfirst } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { type CsvValue, csvText, unguarded } from '@/lib/extras/export/csv';
import { exportedValue } from '@/lib/extras/export/export';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import { filledBy, isDefault } from './cells';
import type { Column, Columns } from './columns';
import type { MayImport } from './may-import';
import type { CsvRow } from './parse-csv';
import type { CellChange } from './report';

/** A row of a file once it is read: what a form would be sent with, and what is wrong by then. */
export type ReadRow = {
  line: number;
  /** Null for a new row. */
  id: RowId | null;
  /** The row as it is; null for a new one, and for one that is unknown. */
  before: Row | null;
  values: Values;
  unseen: UnseenIds;
  /** Whether the file says of the row what it is. */
  isSame: boolean;
  /** What would be written, column by column. */
  changes: CellChange[];
  /** What a file can change of the row, in a few digits; null without one. */
  digest: string | null;
  errors: FieldErrors;
};

type Asked = {
  user: AdminUser;
  columns: Columns;
  rows: readonly CsvRow[];
  may: MayImport;
};

/**
 * Read the rows of a file as forms: an id is of a row that is changed, no id of one that is added. A
 * cell that says what the export would say of the row leaves its field as it is; a field without a
 * column keeps what it has, or has the default. Rows that the user may not see are unknown, like those
 * that there are not. To be called outside of a transaction: the rules and the database are asked when
 * the rows are written.
 */
export async function readRows(admin: ModelAdmin, asked: Asked): Promise<ReadRow[]> {
  const seen = await adminSeenBy(admin, asked.user);
  const ids = asked.rows.map((row) => idOf(admin, asked.columns, row));
  const known = await visibleRows(admin, asked.user, ids);
  const mayEach = await mayChangeEach(asked.user, admin);
  const used = new Set<RowId>();
  const read: ReadRow[] = [];
  for (const [at, row] of asked.rows.entries()) {
    const id = ids[at];
    if (id === null) {
      read.push(await readNew(admin, asked, row));
      continue;
    }
    const before = id === undefined ? undefined : known.get(id);
    if (!before) {
      read.push(refused(row.line, `There is no ${admin.meta.verboseName} with this id.`));
    } else if (used.has(before.id)) {
      read.push(refused(row.line, 'The file has this id twice.'));
    } else {
      used.add(before.id);
      read.push(await readKnown({ admin, seen, mayEach }, asked, { row, before }));
    }
  }
  return read;
}

type Screens = { admin: ModelAdmin; seen: ModelAdmin; mayEach: boolean };

// Null where a row has none, undefined for what is no id.
function idOf({ meta }: ModelAdmin, { id }: Columns, { cells }: CsvRow): RowId | null | undefined {
  const text = id === null ? '' : unguarded(cells[id] ?? '').trim();
  return text === '' ? null : (parseRowId(text, meta) ?? undefined);
}

async function visibleRows(
  admin: ModelAdmin,
  user: AdminUser,
  ids: readonly (RowId | null | undefined)[],
): Promise<Map<RowId, Row>> {
  const wanted = new Set(ids.filter((id) => id !== null && id !== undefined));
  const found = await findRows(
    db,
    admin.meta,
    wanted.size === 0 ? [] : await visibleIds(db, admin, [...wanted], user),
  );
  const rows = new Map<RowId, Row>();
  for (const row of found) {
    if (await hasViewPermission(user, admin, row)) rows.set(row.id, row);
  }
  return rows;
}

async function readKnown(
  { admin, seen, mayEach }: Screens,
  { user, columns }: Asked,
  { row: { line, cells }, before }: { row: CsvRow; before: Row },
): Promise<ReadRow> {
  const told = columns.written.filter(
    ({ at, field }) => cells[at] !== csvText(exportedValue(seen, field, before)),
  );
  const same = { ...NOTHING, line, id: before.id, before, digest: digestOf(admin, before) };
  if (told.length === 0) return same;
  if (!mayEach) {
    const whole = await readSnapshot(db, admin, before.id);
    if (!whole || !(await hasChangePermission(user, admin, whole))) {
      return refused(line, `You may not change this ${admin.meta.verboseName}.`);
    }
  }
  const fields = plainFields(admin);
  const form = formOf(filledValues(fields, before));
  const wrong = fill(form, told, cells);
  const { values, errors, unseen } = await readForm(admin, form, user);
  const changed = changedFields(fields, before, values);
  const found = { ...ofColumns(errors, told), ...wrong };
  return {
    ...same,
    values: withoutMany(admin, values),
    unseen,
    errors: found,
    isSame: changed.length === 0 && Object.keys(found).length === 0,
    changes: told
      .filter(({ field }) => changed.includes(field))
      .map((column) => ({
        ...cellChange(column, cells),
        before: shortened(valueText(exportedValue(seen, column.field, before))),
      })),
  };
}

async function readNew(
  admin: ModelAdmin,
  { user, columns, may }: Asked,
  { line, cells }: CsvRow,
): Promise<ReadRow> {
  if (!may.add) return refused(line, `You may not add ${admin.meta.verboseNamePlural}.`);
  const form = formOf(filledValues(plainFields(admin), null));
  const told = columns.written.filter(({ at, field }) => !isDefault(field, cells[at] ?? ''));
  const wrong = fill(form, told, cells);
  const { values, errors, unseen } = await readForm(admin, form, user);
  const isOwn = admin.options.addObject !== undefined;
  const names = new Set(told.map(({ field }) => field.name));
  const kept = Object.entries(values).filter(([name]) => !isOwn || names.has(name));
  return {
    ...NOTHING,
    line,
    values: Object.fromEntries(kept),
    unseen,
    errors: { ...(isOwn ? ofColumns(errors, told) : errors), ...wrong },
    isSame: false,
    changes: told
      .filter(({ at }) => cells[at] !== '')
      .map((column) => ({ ...cellChange(column, cells), before: null })),
  };
}

const NOTHING = {
  id: null,
  before: null,
  values: {},
  unseen: new Map(),
  isSame: true,
  changes: [],
  digest: null,
  errors: {},
} satisfies Omit<ReadRow, 'line'>;

function refused(line: number, error: string): ReadRow {
  return { ...NOTHING, line, isSame: false, errors: { '': [error] } };
}

// Characters of a value that a preview shows; a column may hold pages.
const SHOWN = 120;

function cellChange({ at, field }: Column, cells: readonly string[]) {
  return { label: capfirst(field.verboseName), after: shortened(unguarded(cells[at] ?? '')) };
}

function valueText(value: CsvValue): string {
  return typeof value === 'string' ? value : value.number;
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length > SHOWN ? `${letters.slice(0, SHOWN).join('')}…` : text;
}

/** A row in a few digits: each field that a file can change. */
export function digestOf(admin: ModelAdmin, row: Row): string {
  return sha256Hex(versionOf(row, plainFields(admin), new Date(0))).slice(0, 32);
}

/** The fields of the form that a file can have: those with one value. */
export function plainFields(admin: ModelAdmin) {
  return editableFields(admin).filter(({ kind }) => kind !== 'manyToMany');
}

function formOf(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

function fill(form: FormData, columns: readonly Column[], cells: readonly string[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { at, field } of columns) {
    const filled = filledBy(field, cells[at] ?? '');
    if ('error' in filled) errors[field.formName] = [filled.error];
    else for (const [name, value] of Object.entries(filled.values)) form.set(name, value);
  }
  return errors;
}

// What a row has already that a form would refuse is not the file's fault.
function ofColumns(errors: FieldErrors, columns: readonly Column[]): FieldErrors {
  const names = new Set(columns.map(({ field }) => field.formName));
  return Object.fromEntries(Object.entries(errors).filter(([name]) => names.has(name)));
}

// No file says anything of them: they stay, whoever changes them meanwhile.
function withoutMany({ meta }: ModelAdmin, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => meta.fields.get(name)?.kind !== 'manyToMany'),
  );
}
