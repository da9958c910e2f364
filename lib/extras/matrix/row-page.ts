import type { MatrixApp } from './permission-matrix';

/** The apps whose permissions a view of the matrix shows, and how many pages of them there are. */
export type RowPage = {
  apps: MatrixApp[];
  page: number;
  pageCount: number;
  /** How many permissions the page has, and how many the filter leaves in whole apps. */
  shown: number;
  total: number;
};

// About as many permissions stand one below the other at most; an app is never torn.
const ROWS_PER_PAGE = 250;

/**
 * One page of whole apps, so that what is counted in them stays right under a filter: those of a
 * label, or all, in which a permission has every word. A page beyond the last is the last.
 * Django: no counterpart
 */
export function pageOfRows(
  apps: readonly MatrixApp[],
  { app, perms, rows }: { app: string; perms: string; rows: number },
): RowPage {
  const words = perms.toLowerCase().split(/\s+/).filter(Boolean);
  const found = apps.filter((each) => (app === '' || each.label === app) && hasAll(each, words));
  const pages: MatrixApp[][] = [];
  for (const each of found) {
    const last = pages.at(-1);
    if (last && sizeOf(last) + sizeOf([each]) <= ROWS_PER_PAGE) last.push(each);
    else pages.push([each]);
  }
  const page = Math.max(1, Math.min(rows, pages.length));
  const shown = pages[page - 1] ?? [];
  return {
    apps: shown,
    page,
    pageCount: Math.max(1, pages.length),
    shown: sizeOf(shown),
    total: sizeOf(found),
  };
}

/** Whether a permission of the app has all words, in itself, its model or its app. */
function hasAll({ name, models }: MatrixApp, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  return models.some((model) =>
    model.permissions.some((permission) => {
      const text = `${name} ${model.name} ${permission.name} ${permission.perm}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  );
}

function sizeOf(apps: readonly MatrixApp[]): number {
  return apps.reduce(
    (sum, { models }) => sum + models.reduce((all, { permissions }) => all + permissions.length, 0),
    0,
  );
}
