import { settings } from '@/lib/conf/settings';
import type { SecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { emailColumn, userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { db, type TransactionClient } from '@/lib/db/client';
import { onceAnswered } from './alerting';
import { superuserMail } from './mails';

type Event = Omit<SecurityEvent, 'tx' | 'username'>;

/**
 * Tell every active superuser with an address, settings.ALERTS_MAIL_MOST at most, whom these events made
 * one, and who did it: also whoever did it, in whose session somebody else may sit.
 */
export function alertOfSuperusers(
  events: readonly Event[],
  tx: TransactionClient | undefined,
): void {
  const made = events.filter(({ detail }) => detail?.['isSuperuser'] === true);
  if (made.length === 0) return;
  const when = new Date();
  const names = made.flatMap(({ target }) => target?.username ?? []);
  const [first] = made;
  const by = first?.actor?.impersonator?.username ?? first?.actor?.username ?? '';
  onceAnswered('superuser_made', tx, async () => {
    for (const reader of await superusers()) {
      await sendMailQuietly(reader, superuserMail(reader, { names, by, when }));
    }
  });
}

async function superusers() {
  const model = getUserModel();
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${userColumns(model, 't')} FROM ${userTable(model)} t
    WHERE ${userColumn('isSuperuser', 't')} = ${true} AND ${userColumn('isActive', 't')} = ${true}
      AND ${emailColumn('t')} <> ''
    ORDER BY ${userColumn('id', 't')} LIMIT ${settings.ALERTS_MAIL_MOST}`;
  return rows.flatMap((row) => userOf(model, row) ?? []);
}
