import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import {
  type AddressNews,
  addressNotice,
  addressTakenMail,
  confirmEmailMail,
} from '@/lib/extras/account/mails/address-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';
import { mailboxOf, ownersOf } from './addresses';
import { UNDO_AGE } from './recent-change';
import { confirmEmailToken, undoEmailToken } from './tokens';

type Where = { origin: string; when: Date };

/**
 * What the person at the former address is told, and how they undo it: null where the address is not
 * trusted with it.
 */
export type Former = { email: string; since: number } | null;

/**
 * Mail to an address that somebody wants for their account: the link that confirms it, or to whoever has
 * it already that it was asked for. For the time after the answer, from which nobody can tell which.
 */
export async function sendConfirmation(
  user: Pick<User, 'id' | 'username'>,
  email: string,
  { origin }: Pick<Where, 'origin'>,
): Promise<void> {
  const other = (await ownersOf(email)).find(({ id }) => id !== user.id);
  if (other) return sendLetter(mailboxOf(other, email), addressTakenMail(origin));
  const token = confirmEmailToken.make({ user: user.id, email });
  const link = `${origin}/accounts/confirm-email/${token}/`;
  const age = settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE;
  await sendLetter(email, confirmEmailMail(user.username, link, age));
}

/** Tell an address of an account what was done about it, with the link that undoes it if it may. */
export async function sendNotice(
  user: Pick<User, 'id' | 'username'>,
  to: string,
  { news, former, origin, when }: Where & { news: AddressNews; former: Former },
): Promise<void> {
  const token = former && undoEmailToken.make({ user: user.id, ...former });
  const undo = token && { link: `${origin}/accounts/email/undo/${token}/`, age: UNDO_AGE };
  await sendLetter(
    to,
    addressNotice({ username: user.username, news, when, origin }, undo || null),
  );
}
