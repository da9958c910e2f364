import Link from 'next/link';
import { ColumnHeader } from '@/components/admin/list/column-header';
import { ListCell } from '@/components/admin/list/list-cell';
import { SelectAll } from '@/components/admin/list/select-rows';
import type { ChangeList, ListRow } from '@/lib/admin/change-list';
import { changeHref } from '@/lib/admin/list-address';
import type { ModelAdmin } from '@/lib/admin/options';

type Props = { admin: ModelAdmin; list: ChangeList; canSelect: boolean };

/** The rows; head and name stay in sight while the table scrolls, in both directions. */
export function ResultTable({ admin, list, canSelect }: Props) {
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
        <tbody>
          {list.rows.map((row) => (
            <ResultRow key={row.id} admin={admin} list={list} canSelect={canSelect} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ResultRow({ admin, list, canSelect, row }: Props & { row: ListRow }) {
  return (
    <tr>
      {canSelect && (
        <td>
          <input
            type="checkbox"
            name="_selected_action"
            value={row.id}
            aria-label={`Select ${row.str}`}
            className="block size-4 accent-accent"
          />
        </td>
      )}
      {list.columns.map((column, index) => {
        const isFirst = index === 0;
        const content = <ListCell cell={row.cells[index] ?? { kind: 'empty' }} />;
        const Tag = isFirst ? 'th' : 'td';
        return (
          <Tag key={column.name} scope={isFirst ? 'row' : undefined}>
            {column.isLink ? (
              <Link
                href={changeHref(admin.meta, row.id, list.query)}
                prefetch={false}
                className="font-semibold text-accent underline-offset-4 hover:underline"
              >
                {content}
              </Link>
            ) : (
              content
            )}
          </Tag>
        );
      })}
    </tr>
  );
}
