import { Http404 } from '@/lib/core/exceptions';
import { parseId } from '@/lib/forms/fields';
import type { SearchParams } from '@/lib/http/entry-points/views';

/** The part of the matrix of all groups that an address shows. */
export type MatrixView = {
  /** What the names of the groups are searched for. */
  groups: string;
  /** Words that a permission, its model or its app has. */
  perms: string;
  /** The label of one app, or '' for all. */
  app: string;
  /** The groups that were chosen, by id; none means all that the search finds. */
  only: readonly number[];
  /** The page of the groups, and that of the permissions, from 1. */
  page: number;
  rows: number;
  /** Whether only those permissions are shown in which the groups differ. */
  isDiffering: boolean;
};

/** As many groups stand side by side at most, and are chosen at most. */
export const GROUPS_PER_PAGE = 20;

/**
 * Read what an address asks of the matrix. Further groups than 20 are left out. Throws Http404 for a
 * page or a group that no link of ours names.
 * Django: no counterpart
 */
export function parseMatrixView(query: SearchParams): MatrixView {
  const only = [query['only'] ?? []].flat().flatMap((text) => text.split(',').filter(Boolean));
  return {
    groups: textOf(query['groups']),
    perms: textOf(query['perms']),
    app: textOf(query['app']),
    only: [...new Set(only.map(idOr404))].slice(0, GROUPS_PER_PAGE),
    page: idOr404(textOf(query['p']) || '1'),
    rows: idOr404(textOf(query['r']) || '1'),
    isDiffering: textOf(query['show']) === 'differ',
  };
}

/** The query that `parseMatrixView` reads, from its question mark on; '' for the matrix as it begins. */
export function formatMatrixView(view: MatrixView): string {
  const { groups, perms, app, only, page, rows, isDiffering } = view;
  const fields = { groups, perms, app, only: only.join(','), show: isDiffering ? 'differ' : '' };
  const pages = { p: page > 1 ? String(page) : '', r: rows > 1 ? String(rows) : '' };
  const given = Object.entries({ ...fields, ...pages }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString().replaceAll('%2C', ',');
  return query && `?${query}`;
}

function textOf(value: string | string[] | undefined): string {
  return [value ?? ''].flat()[0]?.trim() ?? '';
}

function idOr404(text: string): number {
  const id = parseId(text);
  if (id === null) throw new Http404();
  return id;
}
