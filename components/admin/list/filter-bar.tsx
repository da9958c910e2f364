import Link from 'next/link';
import { ChoiceSearchForm } from '@/components/admin/list/choice-search';
import { ColumnChoiceMenu } from '@/components/admin/list/views/column-choice';
import { TextLink } from '@/components/text-link';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import type { FilterSpec } from '@/lib/contrib/admin/list/filters';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import { unfilteredQuery } from '@/lib/contrib/admin/list/list-query';
import { columnChoices } from '@/lib/contrib/admin/list/shown/chosen-columns';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import { capfirst } from '@/lib/core/text';

type Props = { meta: ModelMeta; list: ChangeList; tabField: string | undefined };

/** One menu for each filter, the choice in force on it; opening one closes the others. */
export function FilterBar({ meta, list, tabField }: Props) {
  const { facets, isFiltered, query, tabs } = list;
  // The tabs offer the same.
  const divided = meta.fields.get(tabField ?? '')?.verboseName;
  const filters = list.filters.filter(({ title }) => tabs.length === 0 || title !== divided);
  const columns = columnChoices(list.columns);
  if (filters.length + columns.length === 0 && !isFiltered) return null;
  return (
    <nav aria-label="Filters" className="flex grow flex-wrap items-center gap-2">
      {filters.map((filter) => (
        <FilterMenu
          key={`${filter.title} ${query.params}`}
          meta={meta}
          filter={filter}
          params={query.params}
        />
      ))}
      <ColumnChoiceMenu meta={meta} query={query} choices={columns} />
      {filters.length > 0 && facets.other !== null && (
        <TextLink href={listHref(meta, facets.other)} prefetch={false} className="px-2 py-1.5">
          {facets.isShown ? 'Hide counts' : 'Show counts'}
        </TextLink>
      )}
      {isFiltered && (
        <TextLink
          href={listHref(meta, unfilteredQuery(query))}
          prefetch={false}
          className="px-2 py-1.5"
        >
          Clear search and filters
        </TextLink>
      )}
    </nav>
  );
}

const menu =
  'max-w-full open:w-full rounded-field border border-edge bg-surface sm:relative sm:open:w-auto';
const panel =
  'max-h-80 overflow-y-auto border-t border-line p-1 sm:absolute sm:top-full sm:left-0 sm:z-30 sm:mt-1 sm:w-max sm:max-w-80 sm:min-w-full sm:rounded-field sm:border sm:border-edge sm:bg-surface sm:shadow-lg';

type MenuProps = { meta: ModelMeta; filter: FilterSpec; params: URLSearchParams };

function FilterMenu({ meta, filter, params }: MenuProps) {
  const chosen = filter.choices.find(({ isSelected }) => isSelected);
  const title = capfirst(filter.title);
  return (
    <details
      name="filter"
      open={Boolean(filter.search?.value)}
      className={`${menu} ${filter.isActive ? 'border-accent' : ''}`}
    >
      <summary className="flex min-h-8.5 list-none items-center gap-2 px-3 marker:hidden">
        <span className={filter.isActive ? '' : 'text-muted'}>{title}</span>
        {filter.isActive && (
          <bdi className="truncate font-semibold">{chosen?.label ?? 'Custom'}</bdi>
        )}
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0 text-muted">
          <path d="m2.5 4.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </summary>
      <div className={panel}>
        {filter.search && <ChoiceSearchForm {...{ meta, params, title }} search={filter.search} />}
        <ul>
          {filter.choices.map(({ label, query, isSelected, count }) => (
            <li key={query}>
              <Link
                href={listHref(meta, query)}
                prefetch={false}
                aria-current={isSelected || undefined}
                className="block truncate rounded-sm px-3 py-1.5 hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:font-semibold"
              >
                <bdi>{label}</bdi>
                {count && (
                  <span className="text-muted tabular-nums">
                    {` (${count.value.toLocaleString('en')}${count.isExact ? '' : '+'})`}
                  </span>
                )}
              </Link>
            </li>
          ))}
        </ul>
        {filter.more && (
          <p className="px-3 py-1.5 text-muted tabular-nums">
            {filter.more.shown.toLocaleString('en')} of {!filter.more.total.isExact && 'more than '}
            {filter.more.total.value.toLocaleString('en')} shown
          </p>
        )}
        {filter.search?.value &&
          filter.choices.every(({ isSelected }, i) => isSelected || i === 0) && (
            <p className="px-3 py-1.5 text-muted">Nothing found.</p>
          )}
      </div>
    </details>
  );
}
