import { type FormField, valuesOf } from '@/lib/contrib/admin/form/change-form';
import { computedText } from '@/lib/contrib/admin/form/display';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import { textsOf, type Widget, widgetOf } from '@/lib/contrib/admin/form/widgets';
import { type Cell, fieldCell } from '@/lib/contrib/admin/list/columns';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import { modelPermissions } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, Column, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { capfirst } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { blankValues } from './blank-line';
import type { InlineKind } from './inline-options';
import { countLines, linesSeen, MOST_LINES } from './line-rows';
import { type Lines, linesOf, withPrefix } from './lines';

/** What stands for the number of a line in the names of its fields. Django: BaseFormSet.empty_form */
export const PREFIX = '__prefix__';

/** A line that is there. */
export type LineView = {
  id: string;
  name: string;
  /** Its own page, where it has one and may be seen. */
  href: string | null;
  canDelete: boolean;
  fields: readonly FormField[];
};

/** The lines of one inline as they are drawn. `PREFIX` stands in the names of their fields. */
export type InlineView = {
  kind: InlineKind;
  prefix: string;
  title: string;
  noun: string;
  heads: readonly Pick<FormField, 'name' | 'label' | 'help' | 'isRequired'>[];
  lines: readonly LineView[];
  /** A line for a new row; null where none may be added. */
  blank: readonly FormField[] | null;
  /** What it is filled with, by names in the form. */
  blankValues: Record<string, string>;
  minNum: number;
  maxNum: number;
  canDelete: boolean;
  /** What stands in hidden fields of each line besides its id: the row it belongs to. */
  key: string;
  /** Where the lines are that one form does not hold, and how many lines there are. */
  further: { href: string | null; count: number } | null;
};

/** The inlines of a form, and what its fields are filled with. */
export type InlineForms = { views: readonly InlineView[]; values: Record<string, string> };

/**
 * The lines in the form of a row as `readSnapshot` gives it, or of a new one. Without `canChange` they
 * are only read.
 * Django: ModelAdmin.get_inline_formsets, helpers.InlineAdminFormSet
 */
export async function inlineForms(
  parent: ModelAdmin,
  row: Row | null,
  { canChange, user }: { canChange: boolean; user: AdminUser },
): Promise<InlineForms> {
  const views: InlineView[] = [];
  const values: Record<string, string> = {};
  if ((parent.options.inlines ?? []).length === 0) return { views, values };
  for (const lines of await linesOf(parent, user, { row, canEdit: canChange })) {
    const rows = row ? await linesSeen(db, lines, { user, parentId: row.id }) : [];
    const view = await viewOf(lines, rows, { user, row });
    views.push(view);
    if (canChange) Object.assign(values, formValues(lines, rows, { parent: row, view }));
  }
  return { views, values };
}

type Asked = { user: AdminUser; row: Row | null };

async function viewOf(lines: Lines, rows: readonly Row[], { user, row }: Asked) {
  const { inline, prefix, may, maxNum } = lines;
  const { options } = inline;
  const admin = withPrefix(lines.admin, `${prefix}-${PREFIX}`);
  const controls = may.change || may.add ? await controlsOf(lines, admin) : new Map();
  const [{ fields: names = [] } = {}] = admin.options.fieldsets ?? [];
  const fields = names.map((name) => getField(admin.meta, name));
  const computed = (admin.options.readonlyFields ?? []).filter((each) => typeof each !== 'string');
  const drawn: LineView[] = [];
  for (const each of rows)
    drawn.push(await lineOf(lines, each, { admin, fields, computed, controls, user }));
  const { meta } = admin;
  const nouns =
    options.verboseNamePlural ??
    (options.verboseName ? `${options.verboseName}s` : meta.verboseNamePlural);
  const count = row && rows.length === MOST_LINES ? await countLines(db, lines, row.id) : 0;
  const blank = fields.map((field) =>
    fieldOf(field, { widget: controls.get(field.name) ?? null, texts: [] }),
  );
  return {
    kind: inline.kind,
    prefix,
    title: capfirst(nouns),
    noun: options.verboseName ?? meta.verboseName,
    heads: [...fields.map(headOf), ...computed.map(computedHead)],
    lines: drawn,
    blank: may.add ? [...blank, ...computed.map((each) => computedField(each, null))] : null,
    blankValues: may.add ? blankValues(admin) : {},
    minNum: options.minNum ?? 0,
    maxNum,
    canDelete: may.delete,
    key: lines.key.formName,
    further: count > MOST_LINES ? { href: listOf(lines), count } : null,
  } satisfies InlineView;
}

type Drawing = {
  admin: ModelAdmin;
  fields: readonly FieldMeta[];
  computed: readonly Column<Row>[];
  controls: ReadonlyMap<string, Widget>;
  user: AdminUser;
};

async function lineOf(lines: Lines, row: Row, drawing: Drawing): Promise<LineView> {
  const { admin, fields, computed, controls, user } = drawing;
  const own = await modelPermissions(user, lines.admin, row);
  const canChange = lines.may.change && own.change;
  const shown: FormField[] = [];
  for (const field of fields) {
    const control = canChange ? controls.get(field.name) : undefined;
    const several = field.kind === 'manyToMany';
    const texts = several ? await textsOf(admin, field, row) : textsIn(admin, field, row);
    const widget = control ? await controlFor(lines, control, { field, row, texts }) : null;
    shown.push(fieldOf(field, { widget, texts }));
  }
  const list = lines.inline.options.showChangeLink ? listOf(lines) : null;
  return {
    id: String(row.id),
    name: strOf(admin, row),
    href: list && `${list}${encodeURIComponent(String(row.id))}/change/`,
    canDelete: lines.may.delete && own.delete,
    fields: [...shown, ...computed.map((each) => computedField(each, row))],
  };
}

// The choices of a field are the same in every line, and asked once.
async function controlsOf(lines: Lines, admin: ModelAdmin): Promise<Map<string, Widget>> {
  const controls = new Map<string, Widget>();
  for (const field of editableFields(admin)) {
    const widget = await widgetOf(admin, field, null);
    const { formName } = getField(lines.admin.meta, field.name);
    const named = {
      ...widget,
      ...(widget.kind === 'autocomplete' && { field: `${admin.meta.key}.${formName}` }),
    };
    controls.set(field.name, named);
  }
  return controls;
}

type Held = { field: FieldMeta; row: Row; texts: readonly string[] };

async function controlFor(
  { admin }: Lines,
  control: Widget,
  { field, row, texts }: Held,
): Promise<Widget> {
  if (control.kind === 'autocomplete' || control.kind === 'rawId') {
    return { ...control, text: texts.join(', ') };
  }
  const isKey = field.kind === 'foreignKey' || field.kind === 'manyToMany';
  const isHidden = isKey && field.to.key && admin.site.find(field.to.key)?.areNamesHidden;
  return isHidden ? widgetOf(admin, getField(admin.meta, field.name), row) : control;
}

function fieldOf(
  field: FieldMeta,
  { widget, texts }: { widget: Widget | null; texts: readonly string[] },
): FormField {
  return widget ? { ...headOf(field), widget } : { ...headOf(field), widget, texts };
}

function headOf({ formName, verboseName, helpText, isBlank, kind }: FieldMeta) {
  const isRequired = !isBlank && kind !== 'boolean';
  return { name: formName, label: capfirst(verboseName), help: helpText, isRequired };
}

function computedHead({ name, label }: Column<Row>) {
  return { name, label, help: '', isRequired: false };
}

function computedField(column: Column<Row>, row: Row | null): FormField {
  const value = row ? column.value(row) : null;
  const texts = value === null || value === undefined || value === '' ? [] : [computedText(value)];
  return { ...computedHead(column), widget: null, texts };
}

// The rows that keys name were read with the lines.
function textsIn(admin: ModelAdmin, field: FieldMeta, row: Row): string[] {
  const text = cellText(fieldCell(admin, field, row));
  return text === '' ? [] : [text];
}

function cellText(cell: Cell): string {
  if (cell.kind === 'empty') return '';
  return cell.kind === 'text' ? cell.value : computedText(cell.value);
}

function listOf({ admin }: Lines): string | null {
  const { key, appLabel, modelName } = admin.meta;
  return admin.site.find(key) ? `/admin/${appLabel}/${modelName}/` : null;
}

type Filled = { parent: Row | null; view: InlineView };

// Django: ManagementForm, InlineModelAdmin.get_extra
function formValues(
  lines: Lines,
  rows: readonly Row[],
  { parent, view }: Filled,
): Record<string, string> {
  const { prefix, maxNum, key, may, inline } = lines;
  const { minNum = 0, extra = 3 } = inline.options;
  const wanted = Math.max(rows.length, minNum) + extra;
  const total = may.add ? Math.max(rows.length, Math.min(wanted, maxNum)) : rows.length;
  const values: Record<string, string> = {
    [`${prefix}-TOTAL_FORMS`]: String(total),
    [`${prefix}-INITIAL_FORMS`]: String(rows.length),
  };
  for (let index = 0; index < total; index += 1) {
    const row = rows[index];
    const name = `${prefix}-${index}`;
    values[`${name}-${key.formName}`] = parent ? String(parent.id) : '';
    if (!row) {
      for (const [each, value] of Object.entries(view.blankValues))
        values[each.replace(PREFIX, String(index))] = value;
      continue;
    }
    const admin = withPrefix(lines.admin, name);
    const fields = editableFields(admin);
    values[`${name}-id`] = String(row.id);
    values[`${name}-_version`] = versionOf(row, fields);
    Object.assign(values, Object.fromEntries(fields.flatMap((field) => valuesOf(field, row))));
  }
  return values;
}
