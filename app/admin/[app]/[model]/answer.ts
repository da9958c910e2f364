import type { Deletion } from '@/lib/admin/deletion';
import { pageAnswer } from '@/lib/http/page-answer';

/** What the list's action asks before it deletes. */
export const deletionAnswer = pageAnswer<{
  deletion: Deletion;
  ids: readonly number[];
  query: string;
}>('admin.deletion');
