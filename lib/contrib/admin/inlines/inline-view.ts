import { type FormField, valuesOf } from '@/lib/contrib/admin/form/change-form';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import { modelPermissions } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, Column, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { type RelatedLinks, relatedLinks } from '@/lib/contrib/admin/related/related-links';
import { strOf } from '@/lib/contrib/admin/rows';
import { capfirst } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { blankValues } from './blank-line';
import type { InlineKind } from './inline-options';
import { linesSeen, type SeenLines } from './line-rows';
import { type Lines, linesOf, withPrefix } from './lines';
import {
  blankField,
  computedField,
  PREFIX,
  type RowControls,
  rowControls,
  rowField,
} from './row-fields';

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
  heads: readonly (Pick<FormField, 'name' | 'label' | 'help'> & { isOptional: boolean })[];
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
  /** Where the lines are that one form does not hold; null if it holds all that one may see. */
  further: { href: string | null } | null;
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
    const seen = row ? await linesSeen(db, lines, { user, parentId: row.id }) : NO_LINES;
    const view = await viewOf(lines, seen, { user, row });
    views.push(view);
    if (canChange) Object.assign(values, formValues(lines, seen.rows, { parent: row, view }));
  }
  return { views, values };
}

const NO_LINES: SeenLines = { rows: [], hasMore: false };

type Asked = { user: AdminUser; row: Row | null };

async function viewOf(
  lines: Lines,
  { rows, hasMore }: SeenLines,
  { user, row }: Asked,
): Promise<InlineView> {
  const { inline, prefix, may, maxNum, admin } = lines;
  const { options } = inline;
  const named = withPrefix(admin, `${prefix}-${PREFIX}`);
  const [{ fields: names = [] } = {}] = admin.options.fieldsets ?? [];
  const fields = names.map((name) => getField(named.meta, name));
  const computed = (admin.options.readonlyFields ?? []).filter((each) => typeof each !== 'string');
  const controls = may.change || may.add ? await rowControls(admin) : NONE;
  const beside = await besideFields(admin, controls, user);
  const drawn: LineView[] = [];
  for (const each of rows) {
    drawn.push(await lineOf(lines, each, { fields, computed, controls, beside, user }));
  }
  const blank = [
    ...fields.map((field) => withLinks(blankField(field, controls.get(field.name)), field, beside)),
    ...computed.map((column) => computedField(column, null)),
  ];
  return {
    kind: inline.kind,
    prefix,
    ...nounsOf(lines),
    heads: blank.map(({ name, label, help, isRequired, widget }) => ({
      name,
      label,
      help,
      isOptional: widget !== null && !isRequired,
    })),
    lines: drawn,
    blank: may.add ? blank : null,
    blankValues: may.add ? { ...blankValues(named), ...keyValue(lines, row) } : {},
    minNum: options.minNum ?? 0,
    maxNum,
    canDelete: may.delete,
    key: lines.key.formName,
    further: hasMore ? { href: listOf(lines) } : null,
  };
}

function keyValue({ prefix, key }: Lines, row: Row | null): Record<string, string> {
  return { [`${prefix}-${PREFIX}-${key.formName}`]: row ? String(row.id) : '' };
}

const NONE: RowControls = new Map();

/** What may be done beside the fields of each line, by the fields' names. */
type Beside = ReadonlyMap<string, RelatedLinks>;

// The same in every line, and asked once.
async function besideFields(
  admin: ModelAdmin,
  controls: RowControls,
  user: AdminUser,
): Promise<Beside> {
  const found = new Map<string, RelatedLinks>();
  for (const name of controls.keys()) {
    const links = await relatedLinks(admin, getField(admin.meta, name), user);
    if (links) found.set(name, links);
  }
  return found;
}

function withLinks(shown: FormField, { name }: FieldMeta, beside: Beside): FormField {
  const related = shown.widget === null ? undefined : beside.get(name);
  return related ? { ...shown, related } : shown;
}

function nounsOf({ inline: { options }, admin: { meta } }: Lines) {
  const { verboseName, verboseNamePlural } = options;
  const several = verboseNamePlural ?? (verboseName ? `${verboseName}s` : meta.verboseNamePlural);
  return { title: capfirst(several), noun: verboseName ?? meta.verboseName };
}

type Drawing = {
  fields: readonly FieldMeta[];
  computed: readonly Column<Row>[];
  controls: RowControls;
  beside: Beside;
  user: AdminUser;
};

async function lineOf(lines: Lines, row: Row, drawing: Drawing): Promise<LineView> {
  const { admin, may } = lines;
  const { fields, computed, controls, beside, user } = drawing;
  const own = await modelPermissions(user, admin, row);
  const canChange = may.change && own.change;
  const shown: FormField[] = [];
  for (const named of fields) {
    const control = canChange ? controls.get(named.name) : undefined;
    shown.push(withLinks(await rowField(admin, { row, control, named }), named, beside));
  }
  const list = lines.inline.options.showChangeLink ? listOf(lines) : null;
  return {
    id: String(row.id),
    name: strOf(admin, row),
    href: list && `${list}${encodeURIComponent(String(row.id))}/change/`,
    canDelete: may.delete && own.delete,
    fields: [...shown, ...computed.map((column) => computedField(column, row))],
  };
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
    values[`${name}-id`] = row ? String(row.id) : '';
    if (!row) {
      for (const [each, value] of Object.entries(view.blankValues))
        values[each.replace(PREFIX, String(index))] = value;
      continue;
    }
    const admin = withPrefix(lines.admin, name);
    const fields = editableFields(admin);
    values[`${name}-${key.formName}`] = String(parent?.id ?? '');
    values[`${name}-_version`] = versionOf(row, fields);
    Object.assign(values, Object.fromEntries(fields.flatMap((field) => valuesOf(field, row))));
  }
  return values;
}
