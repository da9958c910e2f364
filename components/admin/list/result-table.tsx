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

/** The rows; head and name stay in sight while the table scrolls, in both directions. */
export function ResultTable({ admin, list, canSelect }: Props) {
  const Rows = list.edits ? EditedRows : ResultRows;
  return (
    <section
      aria-label={`List of ${admin.meta.verboseNamePlural}`}
      className="max-h-[max(20rem,calc(100dvh-11rem))] scroll-pt-10 overflow-auto rounded-panel border border-line bg-surface"
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
            {list.columns.map((column, index) => (
              <ColumnHeader key={column.name} meta={admin.meta} list={list} index={index} />
            ))}
          </tr>
        </thead>
        <Rows
          columns={list.columns.map(({ name, isLink }) => ({ name, isLink }))}
          rows={withFields(list, shownRows(list.rows))}
          canSelect={canSelect}
          path={listPath(admin.meta)}
          back={wayBack(list.query)}
        />
      </table>
    </section>
  );
}
