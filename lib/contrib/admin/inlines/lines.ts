import { fieldsetsOf } from '@/lib/contrib/admin/form/form-fields';
import { type FieldMeta, type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import { type ModelPermissions, modelPermissions } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, Inline, ModelAdmin, Options, Row } from '@/lib/contrib/admin/options';

type KeyMeta = FieldMeta & { kind: 'foreignKey' };

/** The lines of one inline in the form of one row, as somebody may work with them. */
export type Lines = {
  readonly inline: Inline;
  /** What the names of its fields begin with, before the number of the line. */
  readonly prefix: string;
  /** Screens of a line: its model's own, with what the inline says. */
  readonly admin: ModelAdmin;
  /** The field that leads to the row of the form. */
  readonly key: KeyMeta;
  readonly may: ModelPermissions;
  /** How many there may be. */
  readonly maxNum: number;
};

const MAX_NUM = 1000;

/**
 * The inlines of a row's form, or of a new one's, with what the user may do there: those in which it is
 * anything. Without `canEdit`, for who may not change the row itself, lines are only read.
 * Throws TypeError for an inline that does not belong to the model.
 * Django: ModelAdmin.get_inline_instances, get_inline_formsets
 */
export async function linesOf(
  parent: ModelAdmin,
  user: AdminUser,
  { row, canEdit }: { row: Row | null; canEdit: boolean },
): Promise<Lines[]> {
  const found: Lines[] = [];
  for (const { inline, prefix } of prefixedInlines(parent)) {
    const key = keyTo(parent.meta, inline);
    const admin = screensOfLine(parent, inline, { key, row });
    const held = await modelPermissions(user, admin);
    const canDelete = held.delete && (inline.options.canDelete ?? true);
    const canAdd = held.add && !admin.options.hasOwnAddPage;
    const may = canEdit
      ? { ...held, add: canAdd, delete: canDelete && held.view }
      : { ...held, add: false, change: false, delete: false };
    if (!(may.view || may.add)) continue;
    const maxNum = key.isUnique ? 1 : (inline.options.maxNum ?? MAX_NUM);
    found.push({ inline, prefix, admin, key, may, maxNum });
  }
  return found;
}

/**
 * The foreign key by which the lines of an inline belong to a row. Throws TypeError where there is none,
 * or several and none is named.
 * Django: forms/models.py _get_foreign_key
 */
export function keyTo(parent: ModelMeta, { model, options: { fkName } }: Inline): KeyMeta {
  const keys = [...modelMeta(model).fields.values()].filter(
    (field): field is KeyMeta => field.kind === 'foreignKey' && field.to.key === parent.key,
  );
  const named = fkName === undefined ? keys : keys.filter(({ name }) => name === fkName);
  const [key, ...others] = named;
  if (key && others.length === 0) return key;
  if (key)
    throw new TypeError(`${model} has more than one key to ${parent.key}: name it by fkName.`);
  throw new TypeError(`${model} has no key ${fkName ? `"${fkName}" ` : ''}to ${parent.key}.`);
}

/**
 * The same screens with the names of their fields in a form of several rows: `lines-0-price`.
 * Django: BaseForm.add_prefix
 */
export function withPrefix(admin: ModelAdmin, prefix: string): ModelAdmin {
  const { meta } = admin;
  const fields = [...meta.fields].map(
    ([name, field]) => [name, { ...field, formName: `${prefix}-${field.formName}` }] as const,
  );
  return { ...admin, meta: { ...meta, fields: new Map(fields) } };
}

// Two inlines of one relation are told apart by a number.
function prefixedInlines(parent: ModelAdmin): { inline: Inline; prefix: string }[] {
  const seen = new Map<string, number>();
  return (parent.options.inlines ?? []).map((inline) => {
    const name = relatedName(parent.meta, inline);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { inline, prefix: count === 1 ? name : `${name}-${count}` };
  });
}

// Django: BaseInlineFormSet.get_default_prefix
function relatedName(parent: ModelMeta, inline: Inline): string {
  const key = keyTo(parent, inline);
  const related = [...parent.fields.values()].find(
    (field) => field.kind === 'reverse' && field.to.key === inline.model && field.by === key.name,
  );
  return related?.formName ?? `${modelMeta(inline.model).modelName}_set`;
}

function screensOfLine(
  parent: ModelAdmin,
  inline: Inline,
  { key, row }: { key: KeyMeta; row: Row | null },
): ModelAdmin {
  const { site } = parent;
  const meta = modelMeta(inline.model);
  const own = site.find(inline.model)?.options ?? {};
  const { hasViewPermission, hasAddPermission, hasChangePermission, hasDeletePermission, ...said } =
    inline.options;
  const [{ fields = [] } = {}] = fieldsetsOf({ meta, options: {}, site });
  const shown = (said.fields ?? fields).filter((name) => name !== key.name);
  const of = row ?? undefined;
  const options: Options<Row, string> = {
    ...own,
    ...said,
    inlines: [],
    fieldsets: [{ title: null, fields: shown }],
    readonlyFields: said.readonlyFields ?? (own.readonlyFields ?? []).filter(isName),
    hasViewPermission: async (user, line) =>
      ((await hasViewPermission?.(user, of)) ?? true) &&
      ((await own.hasViewPermission?.(user, line)) ?? true),
    hasAddPermission: async (user) =>
      ((await hasAddPermission?.(user, of)) ?? true) &&
      ((await own.hasAddPermission?.(user)) ?? true),
    hasChangePermission: async (user, line) =>
      ((await hasChangePermission?.(user, of)) ?? true) &&
      ((await own.hasChangePermission?.(user, line)) ?? true),
    hasDeletePermission: async (user, line) =>
      ((await hasDeletePermission?.(user, of)) ?? true) &&
      ((await own.hasDeletePermission?.(user, line)) ?? true),
  };
  return { meta, options, site, ...(parent.reader && { reader: parent.reader }) };
}

function isName(each: unknown): boolean {
  return typeof each === 'string';
}
