import Link from 'next/link';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import { changedQuery } from '@/lib/contrib/admin/list/list-query';
import { orderBy, type SortedBy } from '@/lib/contrib/admin/list/ordering';
import type { ModelMeta } from '@/lib/contrib/admin/meta';

type Props = { meta: ModelMeta; list: ChangeList; index: number };

/**
 * A column's name, and those of the columns that stand in it; a press sorts by it first, a second one the
 * other way round.
 */
export function ColumnHeader({ meta, list, index }: Props) {
  const column = list.columns[index];
  if (!column) return null;
  const stacked = list.columns.flatMap(({ isStacked }, i) => (isStacked && index === 0 ? [i] : []));
  const sortedFirst = [index, ...stacked]
    .map((i) => list.sorted.get(i))
    .find((by) => by?.place === 1);
  return (
    <th scope="col" aria-sort={sortedFirst && directionOf(sortedFirst)}>
      <span className="inline-flex flex-wrap gap-x-4">
        {[index, ...stacked].map((each) => (
          <SortedName key={each} {...{ meta, list }} index={each} />
        ))}
      </span>
    </th>
  );
}

function SortedName({ meta, list, index }: Props) {
  const column = list.columns[index];
  const sorted = list.sorted.get(index);
  if (!column || column.ordering === null) return column?.label;
  return (
    <Link
      href={listHref(meta, changedQuery(list.query.params, { o: orderBy(index, list.sorted) }))}
      prefetch={false}
      className="inline-flex min-h-6 min-w-6 items-center gap-1.5 hover:underline underline-offset-4"
    >
      {column.label}
      {sorted && <SortMark sorted={sorted} isAlone={list.sorted.size === 1} />}
    </Link>
  );
}

function SortMark({ sorted, isAlone }: { sorted: SortedBy; isAlone: boolean }) {
  const place = isAlone ? '' : `, ${sorted.place} of the sorted columns`;
  return (
    <span className="inline-flex items-center text-accent tabular-nums">
      <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5" fill="currentColor">
        <path d={sorted.isDescending ? 'M1 2h8L5 9z' : 'M1 8h8L5 1z'} />
      </svg>
      {!isAlone && <span aria-hidden="true">{sorted.place}</span>}
      <span className="sr-only">{`, sorted ${directionOf(sorted)}${place}`}</span>
    </span>
  );
}

function directionOf({ isDescending }: SortedBy) {
  return isDescending ? 'descending' : 'ascending';
}
