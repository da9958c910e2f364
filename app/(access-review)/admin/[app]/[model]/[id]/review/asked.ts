import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { permissions } from '@/lib/contrib/auth/users/managers';
import { Http404 } from '@/lib/core/exceptions';
import { requireReview } from '@/lib/extras/access-review/may-review';
import type { Subject } from '@/lib/extras/access-review/subject';

const KINDS = { 'auth.permission': 'permission', 'auth.group': 'group' } as const;

/**
 * What an address or a form is about, for who may view it and everybody who may hold it. Throws
 * PermissionDenied, and Http404 for what nobody holds.
 */
export async function subjectOr404(
  user: User,
  model: unknown,
  id: unknown,
): Promise<{ admin: ModelAdmin; row: Row; subject: Subject }> {
  const key = Object.keys(KINDS).find((each) => each === model) as keyof typeof KINDS | undefined;
  if (!key) throw new Http404();
  const admin = modelAdminOr404(key);
  const row = await objectOr404(user, admin, id);
  await requireReview(user);
  const kind = KINDS[key];
  const name = kind === 'group' ? String(row['name']) : await permNamed(Number(row.id));
  return { admin, row, subject: { kind, id: Number(row.id), name } };
}

async function permNamed(id: number): Promise<string> {
  const permission = await permissions.getById(id);
  if (!permission) throw new Http404();
  return permission.userPermStr;
}
