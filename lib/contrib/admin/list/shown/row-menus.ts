import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';

/** The links of a page's menus, `:id` for a row's, and by place which of them each row has. */
export type RowMenu = {
  links: readonly { label: string; href: string }[];
  ofRows: readonly (readonly number[])[];
};

/**
 * The menus of a page's rows: each link is told once, and each row by number which are its own.
 * Django: no counterpart
 */
export async function rowMenus(
  { options }: ModelAdmin,
  rows: readonly Row[],
  user: AdminUser,
): Promise<RowMenu> {
  if (rows.length === 0) return { links: [], ofRows: [] };
  const declared = (await options.rowLinks?.(rows, user)) ?? [];
  const links = declared.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return {
    links: links.map(({ label, href }) => ({ label, href })),
    ofRows: rows.map((row) =>
      links.flatMap(({ isFor }, number) => ((isFor?.(row) ?? true) ? [number] : [])),
    ),
  };
}
