import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';

/** The id of a permission, `app.codename`. */
export async function permissionId(perm: string): Promise<number> {
  const [appLabel = '', codename = ''] = perm.split('.');
  const where = { codename, contentType: { appLabel } };
  return (await db.permission.findFirstOrThrow({ where })).id;
}

/** Make a group that holds these permissions. */
export async function makeGroup(name: string, perms: readonly string[] = []): Promise<number> {
  const { id: groupId } = await db.group.create({ data: { name } });
  for (const perm of perms) {
    await db.groupPermission.create({ data: { groupId, permissionId: await permissionId(perm) } });
  }
  return groupId;
}

export async function joinGroup(user: User, groupId: number): Promise<void> {
  await db.userGroup.create({ data: { userId: user.id, groupId } });
}

export async function grant(user: User, perm: string): Promise<void> {
  await db.userPermission.create({
    data: { userId: user.id, permissionId: await permissionId(perm) },
  });
}

/** The user anew, as the next request loads it. */
export async function reload(user: User): Promise<User> {
  const fresh = await users.getById(user.id);
  if (!fresh) throw new Error(`${user} is gone.`);
  return fresh;
}
