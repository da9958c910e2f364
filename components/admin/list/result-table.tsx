import { ColumnHeader } from '@/components/admin/list/column-header';
import { EditedRows } from '@/components/admin/list/editable/lazily';
import { withFields } from '@/components/admin/list/editable/with-fields';
import { ResultRows } from '@/components/admin/list/result-rows';
import { SelectAll } from '@/components/admin/list/select-rows';
import { shownRows } from '@/components/admin/list/shown-rows';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import { listPath, wayBack } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';

type Props = { admin: ModelAdmin; list: ChangeList; canSelect: boolean };

// Columns that stand beside one another at 1,440 px.
const MOST_FITTING = 7;

/**
 * The rows. The page scrolls, and the head stays in sight where all columns fit; where they do not the
 * table scrolls sideways, and on a phone each row is two lines.
 */
export function ResultTable({ admin, list, canSelect }: Props) {
  const Rows = list.edits ? EditedRows : ResultRows;
  const shown = list.columns.filter(({ isStacked, isHidden }) => !isStacked && !isHidden);
  const isEdited = list.edits !== null;
  return (
    <section
      aria-label={`List of ${admin.meta.verboseNamePlural}`}
      className="result-frame"
      data-fits={(shown.length <= MOST_FITTING && !isEdited) || undefined}
      data-lines={!isEdited || undefined}
    >
      <table id="result_list" className="result-list" data-boxed={canSelect || undefined}>
        <thead>
          <tr>
            {canSelect && (
              <th scope="col">
                <span className="sr-only">Select</span>
                <SelectAll />
              </th>
            )}
            {list.columns.map(
              ({ name, isStacked, isHidden }, index) =>
                !isStacked &&
                !isHidden && (
                  <ColumnHeader key={name} meta={admin.meta} list={list} index={index} />
                ),
            )}
            {list.menu.length > 0 && (
              <th scope="col">
                <span className="sr-only">More</span>
              </th>
            )}
          </tr>
        </thead>
        <Rows
          columns={list.columns.map(({ name, label, isLink, isStacked, isHidden }) => ({
            name,
            label,
            isLink,
            isStacked: isStacked || isHidden,
          }))}
          menu={list.menu}
          rows={withFields(list, shownRows(list.rows))}
          canSelect={canSelect}
          path={listPath(admin.meta)}
          back={wayBack(list.query)}
        />
      </table>
    </section>
  );
}
