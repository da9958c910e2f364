import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { linesOf } from '@/lib/contrib/admin/inlines/lines';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { type RelatedLinks, relatedLinks } from './related-links';

/** A field of a form beside which something may be done with the rows that it names. */
export type RelatedPlace = {
  /** The screens whose field it is: those of the form, or of one of its lines. */
  readonly admin: ModelAdmin;
  readonly field: FieldMeta & { kind: 'foreignKey' | 'manyToMany' };
  readonly links: RelatedLinks;
};

/**
 * The field that a form calls by this name, `category` or `lines-0-product`, with what the user may do
 * beside it; null for no such field, and for who may do nothing there. `row` is that of the form, null
 * for a new one.
 */
export async function relatedPlace(
  parent: ModelAdmin,
  user: AdminUser,
  { name, row }: { name: string; row: Row | null },
): Promise<RelatedPlace | null> {
  const found = placeIn(parent, name) ?? (await placeInLines(parent, user, { name, row }));
  const links = found && (await relatedLinks(found.admin, found.field, user));
  return links ? { ...found, links } : null;
}

type Place = Pick<RelatedPlace, 'admin' | 'field'>;

function placeIn(admin: ModelAdmin, name: string): Place | null {
  const field = editableFields(admin).find(({ formName }) => formName === name);
  return field?.kind === 'foreignKey' || field?.kind === 'manyToMany' ? { admin, field } : null;
}

async function placeInLines(
  parent: ModelAdmin,
  user: AdminUser,
  { name, row }: { name: string; row: Row | null },
): Promise<Place | null> {
  const [, prefix, ofLine = ''] = /^([\w-]+)-\d{1,5}-(\w+)$/.exec(name) ?? [];
  if (prefix === undefined || (parent.options.inlines ?? []).length === 0) return null;
  const all = await linesOf(parent, user, { row, canEdit: true });
  const lines = all.find((each) => each.prefix === prefix);
  if (!(lines?.may.change || lines?.may.add)) return null;
  return placeIn(lines.admin, ofLine);
}
