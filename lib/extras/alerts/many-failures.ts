import type { SecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';
import { onceAnswered } from './alerting';
import { failuresMail } from './mails';

const DAY_MS = 86_400_000;

/**
 * Tell a person, once a day, that so many tries at their name have failed that signing in has to wait.
 * Names of nobody are looked for as well, after the answer.
 * OWASP ASVS 5.0 6.3.5
 */
export function alertOfFailures({ name, username, request, tx }: SecurityEvent): void {
  if (name !== 'authn_login_fail_max' || username === undefined) return;
  const when = new Date();
  onceAnswered('many_failures', tx, async () => {
    const user = await findUserByName(username);
    if (!user?.isActive || user.email === '') return;
    const day = when.toISOString().slice(0, 10);
    const isFirst = await takeOnce(
      'alert_failures',
      `${user.id} ${day}`,
      new Date(when.getTime() + 2 * DAY_MS),
    );
    if (!isFirst) return;
    const ipAddress = request?.ipAddress ?? '';
    await sendMailQuietly(user, failuresMail(user, { when, ipAddress }));
  });
}
