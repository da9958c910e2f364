import type { ModelKey } from '@/lib/apps/installed';
import { brought } from '@/lib/apps/registry';
import { fileFieldsOf, modelsWithFiles } from '@/lib/contrib/admin/files/file-fields';
import type { ModelMeta } from '@/lib/contrib/admin/meta';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { delegateOf, findRows, visibleIds } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import { SuspiciousFileOperation } from '@/lib/core/exceptions';
import { validateFileName } from '@/lib/core/files/names';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';

/** Who may have the files of a model's rows, besides those who see the rows in the admin. */
export type FileViewer = {
  readonly model: ModelKey;
  mayView(user: User, id: RowId): Promise<boolean>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Who may have files, as the app's own pages show them. */
    readonly fileViewers?: readonly FileViewer[];
  }
}

// Rows that name one file: more than one there are only where somebody wrote them by hand.
const MOST_ROWS = 20;

/**
 * Whether somebody may have a file: because they see a row that names it, in the admin or by the rule of
 * an app's own. No for a file that no row names, whether it is there or not.
 * Django: no counterpart; sendfile behind a view of one's own
 */
export async function mayHaveFile(
  site: { find(key: string): ModelAdmin | null },
  user: User,
  name: string,
): Promise<boolean> {
  if (!isName(name)) return false;
  for (const meta of modelsWithFiles()) {
    for (const id of await rowsNaming(meta, name)) {
      if (await mayViewRow(site.find(meta.key), user, { meta, id })) return true;
    }
  }
  return false;
}

async function rowsNaming(meta: ModelMeta, name: string): Promise<RowId[]> {
  const found: RowId[] = [];
  for (const field of fileFieldsOf(meta)) {
    const where = { [field.name]: name };
    const delegate = delegateOf(db, meta.prismaName);
    const rows = await delegate.findMany({ where, take: MOST_ROWS, select: { id: true } });
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

async function mayViewRow(
  admin: ModelAdmin | null,
  user: User,
  { meta, id }: { meta: ModelMeta; id: RowId },
): Promise<boolean> {
  for (const { model, mayView } of brought('fileViewers')) {
    if (model === meta.key && (await mayView(user, id))) return true;
  }
  if (!admin) return false;
  const [visible] = await visibleIds(db, admin, [id], user);
  if (visible === undefined) return false;
  const [row] = await findRows(db, meta, [visible]);
  return row !== undefined && hasViewPermission(user, admin, row);
}

function isName(name: string): boolean {
  try {
    validateFileName(name);
    return true;
  } catch (error) {
    if (error instanceof SuspiciousFileOperation) return false;
    throw error;
  }
}
