import type { FileAction } from '@/lib/contrib/admin/action/file-action';
import type { FileCall } from '@/lib/contrib/admin/options';
import { exportRows } from './export';

/**
 * The ticked rows as a CSV file, as "Export as CSV" has all of a list: for `fileActions`.
 * django-import-export: ExportActionMixin.export_admin_action
 */
export const exportSelected: FileAction<FileCall> = {
  name: 'export_selected',
  label: 'Export as CSV',
  permission: 'view',
  file: async ({ admin, request, ids }) => ({
    name: `${admin.meta.modelName}-${new Date().toISOString().slice(0, 10)}.csv`,
    contentType: 'text/csv; charset=utf-8',
    content: await exportRows(admin, request.user, ids),
  }),
};
