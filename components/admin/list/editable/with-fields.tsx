import { EditedCell } from '@/components/admin/list/editable/edited-cell';
import type { ShownRow } from '@/components/admin/list/result-rows';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';

/** The rows of a list with controls in the cells that are changed there. */
export function withFields({ edits, rows, columns }: ChangeList, shown: ShownRow[]): ShownRow[] {
  if (!edits) return shown;
  return shown.map((row, place) => {
    const fields = edits.fields.get(rows[place]?.id ?? 0);
    if (!fields) return row;
    const [first] = columns.filter(({ name }) => fields.has(name));
    return {
      ...row,
      cells: row.cells.map((cell, index) => {
        const name = columns[index]?.name ?? '';
        const field = fields.get(name);
        if (!field) return cell;
        const isFirst = name === first?.name;
        return {
          node: (
            <EditedCell id={String(row.id)} field={field} isFirst={isFirst}>
              {typeof cell === 'string' ? cell : null}
            </EditedCell>
          ),
        };
      }),
    };
  });
}
