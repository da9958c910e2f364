import type { ListRow, ShownRow } from '@/components/admin/list/result-rows';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';

/** The rows of a list with the fields of the cells that are changed there. */
export function withFields({ edits, rows, columns }: ChangeList, shown: ShownRow[]): ListRow[] {
  if (!edits) return shown;
  return shown.map((row, place) => {
    const fields = edits.fields.get(rows[place]?.id ?? 0);
    if (!fields) return row;
    const first = columns.find(({ name }) => fields.has(name));
    const cells = row.cells.map((cell, index) => {
      const column = columns[index];
      const field = fields.get(column?.name ?? '');
      return field ? { field, isFirst: column === first, cell } : cell;
    });
    return { ...row, cells };
  });
}
