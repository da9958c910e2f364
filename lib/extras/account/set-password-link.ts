import type { User } from '@/lib/contrib/auth/models';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { setPasswordMail } from '@/lib/extras/account/mails/account-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';

/**
 * Mail somebody the link by which they choose their password, so that nobody else ever knew it: one of
 * the reset links, which also opens an account that has no password yet. For the time after the answer.
 * OWASP ASVS 5.0 6.4.1, 6.4.6
 */
export async function sendSetPasswordLink(user: User, origin: string): Promise<void> {
  const token = defaultTokenGenerator.makeToken(user);
  const link = `${origin}/accounts/reset/${encodeUid(user.id)}/${token}/`;
  await sendLetter(user.email, setPasswordMail(user.username, link));
}
