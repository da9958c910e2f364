import Link from 'next/link';
import { ColumnHeader } from '@/components/admin/list/column-header';
import { ListCell } from '@/components/admin/list/list-cell';
import { SelectAll } from '@/components/admin/list/select-rows';
import type { ChangeList, ListRow } from '@/lib/admin/change-list';
import { changeHref } from '@/lib/admin/list-address';
import type { ModelAdmin } from '@/lib/admin/options';

type Props = { admin: ModelAdmin; list: ChangeList; canSelect: boolean };

const cell =
  'h-9 max-w-48 truncate border-b border-line px-3 text-left font-normal group-last/row:border-b-0 sm:max-w-64';
const first =
  'sticky z-10 bg-surface group-hover/row:bg-sunken group-has-[td>input:checked]/row:bg-accent-soft';

/** The rows; head and name stay in sight while the table scrolls, in both directions. */
export function ResultTable({ admin, list, canSelect }: Props) {
  return (
    <section
      aria-label={`List of ${admin.meta.verboseNamePlural}`}
      className="max-h-[max(20rem,calc(100dvh-11rem))] scroll-pt-10 overflow-auto rounded-panel border border-line bg-surface"
    >
      <table id="result_list" className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            {canSelect && (
              <th
                scope="col"
                className="sticky top-0 left-0 z-20 w-10 min-w-10 border-b border-line bg-sunken px-3"
              >
                <span className="sr-only">Select</span>
                <SelectAll />
              </th>
            )}
            {list.columns.map((column, index) => (
              <ColumnHeader
                key={column.name}
                meta={admin.meta}
                list={list}
                index={index}
                className={index === 0 ? `z-20 ${nameOffset(canSelect)}` : 'z-10'}
              />
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
    <tr className="group/row hover:bg-sunken has-[td>input:checked]:bg-accent-soft">
      {canSelect && (
        <td
          className={`left-0 h-9 w-10 min-w-10 border-b border-line px-3 group-last/row:border-b-0 ${first}`}
        >
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
          <Tag
            key={column.name}
            scope={isFirst ? 'row' : undefined}
            className={`${cell} ${isFirst ? `${first} ${nameOffset(canSelect)}` : ''}`}
          >
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

// The name sticks to the right of the boxes, which are as wide as that.
function nameOffset(canSelect: boolean): string {
  return canSelect ? 'left-10' : 'left-0';
}
