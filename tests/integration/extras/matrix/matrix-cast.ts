import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import type { MatrixChange } from '@/lib/extras/matrix/matrix-changes';
import { makeSuperuser } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup, permissionId } from '@/tests/support/auth/grants';

let made = 0;

/**
 * A superuser, and Ida in the group of the editors, who may view articles; `made` tells their names
 * from those of the tests before.
 */
export async function makeCast() {
  made += 1;
  const root = await makeSuperuser();
  const ida = await users.createUser({ username: `ida${made}` });
  const editors = await makeGroup(`editors${made}`, ['articles.view_article']);
  await joinGroup(ida, editors);
  return { root, ida, editors, made };
}

export const requestOf = (user: User) => ({
  user,
  ipAddress: '192.0.2.1',
  userAgent: 'Tester',
});

/** A permission, `app.codename`, to be given to a group or taken from it. */
export async function change(id: number, perm: string, gives: boolean): Promise<MatrixChange> {
  return { kind: 'group', id, permissionId: await permissionId(perm), gives };
}
