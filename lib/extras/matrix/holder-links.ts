import type { User } from '@/lib/contrib/auth/models';
import { mayViewHolders } from '@/lib/extras/why/holders-page';

/** Whether somebody is led from a permission of the matrix to the page of who holds it. */
export function isLedToHolders(viewer: User): Promise<boolean> {
  return mayViewHolders(viewer);
}
