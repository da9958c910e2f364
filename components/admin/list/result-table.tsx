import Link from 'next/link';
import { ColumnHeader } from '@/components/admin/list/column-header';
import { ListCell } from '@/components/admin/list/list-cell';
import { SelectAll } from '@/components/admin/list/select-rows';
import type { ChangeList, ListRow } from '@/lib/admin/change-list';
import { changeHref } from '@/lib/admin/list-address';
import type { ModelAdmin } from '@/lib/admin/options';

type Props = { admin: ModelAdmin; list: ChangeList; canSelect: boolean };

// Said once for all cells: on each of them it would be most of the page, which has hundreds.
const rows =
  '[&>tr]:bg-surface [&>tr:hover]:bg-sunken [&>tr:has(>td>input:checked)]:bg-accent-soft';
const cells =
  '[&>tr>*]:h-9 [&>tr>*]:max-w-48 [&>tr>*]:truncate [&>tr>*]:border-b [&>tr>*]:border-line [&>tr>*]:px-3 [&>tr>*]:text-left [&>tr>*]:font-normal sm:[&>tr>*]:max-w-64 [&>tr:last-child>*]:border-b-0';
const stuck = '[&>tr>th]:sticky [&>tr>th]:z-10 [&>tr>th]:bg-inherit';
const boxed =
  '[&>tr>td:first-child]:sticky [&>tr>td:first-child]:left-0 [&>tr>td:first-child]:z-10 [&>tr>td:first-child]:w-10 [&>tr>td:first-child]:min-w-10 [&>tr>td:first-child]:bg-inherit';

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
        <tbody
          className={`${rows} ${cells} ${stuck} ${canSelect ? boxed : ''} ${nameCell(canSelect)}`}
        >
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

function nameCell(canSelect: boolean): string {
  return canSelect ? '[&>tr>th]:left-10' : '[&>tr>th]:left-0';
}

// The name sticks to the right of the boxes, which are as wide as that.
function nameOffset(canSelect: boolean): string {
  return canSelect ? 'left-10' : 'left-0';
}
