/**
 * The query of a change list, taken apart.
 * Django: contrib/admin/views/main.py ChangeList.__init__, get_filters_params
 */
export type ListQuery = {
  /** As it came: what links of the page are made from. */
  params: URLSearchParams;
  search: string;
  /** Signed column numbers, `-1.2`; null leaves the order to the declaration. */
  order: string | null;
  /** From 1; what is no number is page 1. */
  page: number;
  showAll: boolean;
  /** Whether an earlier query made no sense, so that the person was sent here. */
  isError: boolean;
  /** The columns that are chosen, by their names in forms; none for all. */
  columns: ReadonlySet<string>;
  /** Every other name with all its values: the filters. */
  lookups: ReadonlyMap<string, readonly string[]>;
};

/** What begins the name that a search among the choices of a filter has in the query. */
export const FIND_PREFIX = '_find_';

/** What the names of chosen columns stand under in the query. */
export const COLUMNS = '_columns';

const OWN = new Set([COLUMNS, 'all', 'o', 'ot', 'q', 'p', 'e', '_popup', '_to_field', '_facets']);

/** Take the query of a change list apart. Of a name that is given several times the last one counts. */
export function parseListQuery(params: URLSearchParams): ListQuery {
  const last = (name: string) => params.getAll(name).at(-1);
  const page = last('p') ?? '';
  const names = [...new Set(params.keys())].filter(
    (name) => !OWN.has(name) && !name.startsWith(FIND_PREFIX),
  );
  return {
    params,
    search: last('q') ?? '',
    order: last('o') ?? null,
    page: /^\s*[+-]?\d+\s*$/.test(page) ? Number(page) : 1,
    showAll: params.has('all'),
    isError: params.has('e'),
    columns: new Set(params.getAll(COLUMNS)),
    lookups: new Map(names.map((name) => [name, params.getAll(name)])),
  };
}

/**
 * The same query with some names set anew or, by null, left out; page and error are always left out.
 * In the order of names, without a question mark; '' when nothing is left.
 * Django: ChangeList.get_query_string
 */
export function changedQuery(
  params: URLSearchParams,
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const changed = new URLSearchParams(params);
  for (const [name, value] of Object.entries({ p: null, e: null, ...changes })) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  changed.sort();
  return changed.toString();
}

/** The same query without search and filters: how the list is shown is left. */
export function unfilteredQuery({ order, params }: ListQuery): string {
  const facets = params.get('_facets');
  const columns = params.getAll(COLUMNS).map((name) => [COLUMNS, name]);
  return changedQuery(new URLSearchParams(columns), { o: order, _facets: facets });
}
