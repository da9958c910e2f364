import type { ShownCell, ShownRow } from '@/components/admin/list/result-rows';
import { momentWords } from '@/components/date-time';
import type { ListRow } from '@/lib/contrib/admin/list/change-list';
import type { Cell } from '@/lib/contrib/admin/list/columns';

/** The rows of a list as they are sent: times as text, since the browser does not know the site's zone. */
export function shownRows(rows: readonly ListRow[]): ShownRow[] {
  return rows.map(({ id, str, cells, isMuted, menu }) => ({
    id: typeof id === 'number' ? id : String(id),
    str,
    cells: cells.map(shownCell),
    ...(isMuted && { isMuted }),
    ...(menu.length > 0 && { menu }),
  }));
}

function shownCell(cell: Cell): ShownCell {
  switch (cell.kind) {
    case 'empty':
      return null;
    case 'datetime':
      return { time: cell.value.toISOString(), ...momentWords(cell.value) };
    case 'node':
      return { node: cell.value };
    default:
      return cell.value;
  }
}
