import { settings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';
import { invitationReminder } from '@/lib/extras/account/mails/invitation-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';
import { pendingAt } from './invitations';

const DAY_MS = 86_400_000;

/**
 * Mail to everybody whose invitation is over within a day, once each; to nobody while INVITATIONS_ENABLED
 * is off, since nothing comes of a link then. Returns how many.
 * OWASP ASVS 5.0 6.4.5
 */
export async function remindInvited(now = new Date()): Promise<number> {
  if (!settings.INVITATIONS_ENABLED) return 0;
  const soon = new Date(now.getTime() + DAY_MS);
  const rows = await db.invitation.findMany({
    where: { ...pendingAt(now), expires: { gt: now, lte: soon } },
    orderBy: { id: 'asc' },
  });
  let reminded = 0;
  for (const { id, email, inviterUsername: inviter, note, expires } of rows) {
    const isFirst = await takeOnce('invited_reminder', `${id} ${expires.getTime()}`, expires);
    if (!isFirst) continue;
    await sendLetter(email, invitationReminder({ inviter, note, expires }));
    reminded += 1;
  }
  return reminded;
}
