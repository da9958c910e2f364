import { getBackends } from '@/lib/contrib/auth/backends';
import { ModelBackend } from '@/lib/contrib/auth/backends/model';

/** Whether permissions come from the tables alone, so that a statement can tell who has them. */
export function onlyTablesDecide(): boolean {
  return getBackends().every((backend) => backend instanceof ModelBackend);
}
