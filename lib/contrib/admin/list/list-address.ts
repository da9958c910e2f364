import type { ModelMeta } from '@/lib/contrib/admin/meta';
import type { ListQuery } from './list-query';

/** Where a model's change list is. */
export function listPath({ appLabel, modelName }: ModelMeta): string {
  return `/admin/${appLabel}/${modelName}/`;
}

// Characters. Of an address with more Node refuses to read the headers.
const LONGEST_QUERY = 8000;

/**
 * The change list with a query, which has no question mark. A query that is too long for an address
 * is left out.
 */
export function listHref(meta: ModelMeta, query: string): string {
  const isLeftOut = query === '' || query.length > LONGEST_QUERY;
  return isLeftOut ? listPath(meta) : `${listPath(meta)}?${query}`;
}

/**
 * What follows the address of a row's page or of the page that adds one: the way back to the list as
 * it is, with its question mark; '' where the list has no query.
 * Django: add_preserved_filters
 */
export function wayBack({ params }: ListQuery): string {
  const query = withoutError(params);
  return query === '' ? '' : `?${new URLSearchParams({ _changelist_filters: query })}`;
}

/** Where a row is added, with the way back. */
export function addHref(meta: ModelMeta, query: ListQuery): string {
  return `${listPath(meta)}add/${wayBack(query)}`;
}

/** A query as it is, but for the flag that a query before it made no sense. */
export function withoutError(params: URLSearchParams): string {
  const kept = new URLSearchParams(params);
  kept.delete('e');
  return kept.toString();
}

/** The query of a page, in which a name given several times has a list. */
export function searchParamsOf(
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): URLSearchParams {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => [name, each]),
  );
  return new URLSearchParams(pairs);
}
