import { defineConfig } from '@/lib/apps/define-config';
import { importLink } from './may-import';
import { clearPreviews, deletePreviewsOf } from './previews';

/** A link above the lists, and what is kept of a file until it is confirmed. */
export const importConfig = defineConfig('import', {
  listLinks: [importLink],
  clearExpired: [clearPreviews],
  userDeletion: deletePreviewsOf,
});
