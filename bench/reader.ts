import { login } from '@/lib/contrib/auth';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { GROUPS, READER } from './floor';

/** The cookie of a new session of this user. */
export async function sessionCookie(user: User): Promise<string> {
  const session = new Session();
  await login({ session, user: new AnonymousUser() }, user);
  const seal = await session.save({ ipAddress: '127.0.0.1', userAgent: 'bench' });
  if (seal === null || seal === 'delete') throw new Error('The session was not written.');
  return `${sessionCookieName(false)}=${await sealSession(seal)}`;
}

/** Make the person of `floor.ts`, with groups and permissions. Returns the cookie of a session. */
export async function createReader(): Promise<string> {
  const user = await users.createUser({ ...READER, password: null });
  for (const { name, appLabel, model, permissions } of GROUPS) {
    const contentType = await db.contentType.create({ data: { appLabel, model } });
    await db.group.create({
      data: {
        name,
        users: { create: { userId: user.id } },
        permissions: {
          create: permissions.map((permission) => ({
            permission: { create: { ...permission, contentTypeId: contentType.id } },
          })),
        },
      },
    });
  }
  return sessionCookie(user);
}
