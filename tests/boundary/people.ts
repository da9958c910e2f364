import type { PermissionName } from '@/lib/apps/installed';
import { users } from '@/lib/contrib/auth/users/managers';
import { grant, reload } from '@/tests/support/auth/grants';
import { browserOf } from '@/tests/support/server-call';

type Fields = { isStaff?: boolean; isSuperuser?: boolean };

/** A new user with permissions of their own, and the cookie of a browser that they signed in with. */
export async function makePerson(
  username: string,
  fields: Fields = {},
  ...perms: PermissionName[]
): Promise<{ id: number; username: string; cookie: string }> {
  const { id } = await users.createUser({ username, password: null, ...fields });
  const made = await users.getById(id);
  if (!made) throw new Error(`${username} is gone.`);
  for (const perm of perms) await grant(made, perm);
  return { id, username, cookie: await browserOf(await reload(made)) };
}
