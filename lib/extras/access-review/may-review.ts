import type { Viewer } from '@/lib/apps/define-config';
import {
  hasViewPermission,
  mayViewEach,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { PermissionDenied } from '@/lib/core/exceptions';

/** Whether somebody sees all people, so that what they read of holders is whole. */
export function mayReview(viewer: Viewer): Promise<boolean> {
  return mayViewEach(viewer, userAdmin());
}

/**
 * Let only those in who see all people: who confirms what they see a part of confirms the rest unread.
 * Throws PermissionDenied.
 */
export async function requireReview(viewer: Viewer): Promise<void> {
  if (!(await hasViewPermission(viewer, userAdmin()))) throw permissionDenied(userAdmin(), 'view');
  if (await mayReview(viewer)) return;
  throw new PermissionDenied('Access is reviewed by who may see everybody that holds it.');
}
