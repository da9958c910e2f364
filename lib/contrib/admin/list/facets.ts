import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { countRows, tableOf } from './count';
import type { FilterSpec } from './filters';
import { listCondition } from './list-condition';
import { changedQuery, type ListQuery, parseListQuery } from './list-query';

/** Whether choices are counted, and the query with which that is the other way round, if it may be. */
export type Facets = { isShown: boolean; other: string | null };

const NAME = '_facets';

/**
 * Whether the choices of a list's filters are counted: where its screens let the query say so, when it
 * has `_facets`.
 * Django: ModelAdmin.show_facets, ChangeList.add_facets
 */
export function facetsOf({ options }: ModelAdmin, { params }: ListQuery): Facets {
  const { showFacets = 'allow' } = options;
  if (showFacets !== 'allow') return { isShown: showFacets === 'always', other: null };
  const isShown = params.has(NAME);
  return { isShown, other: changedQuery(params, { [NAME]: isShown ? null : 'True' }) };
}

/**
 * The filters with a count at each choice but that of all: of the rows that it would leave, with the
 * search and the other filters in force. Up to 10,000, and a statement each.
 * Django: FacetsMixin.get_facet_queryset, which counts further
 */
export async function withFacets(
  admin: ModelAdmin,
  user: AdminUser,
  filters: readonly FilterSpec[],
): Promise<FilterSpec[]> {
  const counted: FilterSpec[] = [];
  for (const { choices, ...filter } of filters) {
    const [all, ...others] = choices;
    const own = all ? [all] : [];
    for (const choice of others) {
      const query = parseListQuery(new URLSearchParams(choice.query));
      const { where } = await listCondition(admin, user, query);
      own.push({ ...choice, count: await countRows({ from: tableOf(admin), where }) });
    }
    counted.push({ ...filter, choices: own });
  }
  return counted;
}
