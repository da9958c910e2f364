import type { PermissionName } from '@/lib/apps/installed';
import type { AdminRequest, ModelAdmin } from '@/lib/contrib/admin/options';
import { login } from '@/lib/contrib/auth';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { Session } from '@/lib/contrib/sessions/session';
import { adminSite } from '@/lib/site/admins';
import { grant, reload } from '@/tests/support/auth/grants';

let made = 0;

/** The screens of a model, as the site shows them. */
export function screens(key: string): ModelAdmin {
  const admin = adminSite.find(key);
  if (!admin) throw new Error(`${key} has no screens.`);
  return admin;
}

/** Somebody who may enter the admin, with these permissions of their own. */
export async function makeStaff(...perms: PermissionName[]): Promise<User> {
  made += 1;
  const user = await users.createUser({ username: `staff${made}`, isStaff: true });
  for (const perm of perms) await grant(user, perm);
  return reload(user);
}

export async function makeSuperuser(): Promise<User> {
  made += 1;
  return users.createSuperuser({ username: `super${made}` });
}

/** The request of somebody who signed in a moment ago. */
export function requestOf(user: User): AdminRequest {
  const session = { id: null, keyHash: null };
  return { user, ipAddress: '192.0.2.1', userAgent: 'Tester', session };
}

/** A new session of somebody, and the request that it makes. */
export async function signIn(user: User) {
  const session = new Session();
  const client = { ipAddress: '192.0.2.1', userAgent: 'Tester' };
  await login({ session, user: new AnonymousUser() }, user);
  await session.save(client);
  return { session, user, ...client };
}
