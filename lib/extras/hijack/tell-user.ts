import { settings } from '@/lib/conf/settings';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { users } from '@/lib/contrib/auth/users/managers';
import type { Ended } from './endings';
import { impersonationMail } from './impersonation-mail';

/** Whom a mail may reach. */
type Told = Parameters<typeof sendMailQuietly>[0] & { username: string };

/**
 * Tell somebody by mail that somebody has acted as them, where HIJACK_NOTIFY_USER says so. A mail that
 * fails is a line in the log.
 */
export async function tellUser(user: Told, ended: Ended): Promise<void> {
  if (settings.HIJACK_NOTIFY_USER) await sendMailQuietly(user, impersonationMail(user, ended));
}

/** As `tellUser`, of what is only known by its record; nobody is told of who is deleted. */
export async function tellUserOf(ended: Ended): Promise<void> {
  const user = settings.HIJACK_NOTIFY_USER ? await users.getById(ended.userId) : null;
  if (user) await tellUser(user, ended);
}
