import Link from 'next/link';
import { ChoiceSearchForm } from '@/components/admin/list/choice-search';
import { ListMenu } from '@/components/admin/list/list-menu';
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

type MenuProps = { meta: ModelMeta; filter: FilterSpec; params: URLSearchParams };

function FilterMenu({ meta, filter, params }: MenuProps) {
  const chosen = filter.choices.find(({ isSelected }) => isSelected);
  const title = capfirst(filter.title);
  return (
    <ListMenu
      title={title}
      chosen={<bdi className="truncate font-semibold">{chosen?.label ?? 'Custom'}</bdi>}
      isActive={filter.isActive}
      isOpen={Boolean(filter.search?.value)}
    >
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
    </ListMenu>
  );
}
