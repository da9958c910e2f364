import { defineConfig } from '@/lib/apps/define-config';
import { viewsOfList } from './list-views';
import { findViews } from './palette-entries';
import { deleteViewsOf, exportViews } from './saved-views';

/** The views above each list and in the command palette. */
export const savedViewsConfig = defineConfig('saved-views', {
  listViews: [viewsOfList],
  paletteEntries: [{ finds: findViews }],
  userDeletion: deleteViewsOf,
  userExport: exportViews,
});
