import type { SearchParams } from './entry-points/views';

/** What a page's address says under a name, stripped; the first of several, '' for nothing. */
export function queryText(searchParams: SearchParams, name: string): string {
  const value = searchParams[name];
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim();
}

/** A page's number in its address; 1 for anything that is none. */
export function queryPage(searchParams: SearchParams, name = 'p'): number {
  const text = queryText(searchParams, name);
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}
