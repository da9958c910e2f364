import type { User } from '@/lib/contrib/auth/models';
import { AUTH_METHODS_KEY } from '@/lib/contrib/auth/sign-in/auth-methods';
import { db } from '@/lib/db/client';

/** Let every session of the user have begun, by their password, so many minutes ago. */
export async function ageSessions(user: User, minutes: number): Promise<void> {
  const created = new Date(Date.now() - minutes * 60_000);
  const methods = [{ method: 'password', at: created.getTime() }];
  for (const { id, sessionData } of await db.session.findMany({ where: { userId: user.id } })) {
    const data = { ...JSON.parse(sessionData), [AUTH_METHODS_KEY]: methods };
    await db.session.update({
      where: { id },
      data: { created, sessionData: JSON.stringify(data) },
    });
  }
}
