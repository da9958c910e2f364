import type { User } from '@/lib/contrib/auth/models';
import { waysInOf } from '@/lib/contrib/auth/sign-in/ways-in';
import { inquiry } from '@/lib/db/client';

/**
 * Whether somebody may give their account the password that it has not: whoever comes in by what an
 * installed app counts as a way in, such as a link to a provider. Who is vouched for elsewhere and has
 * nothing here, by a proxy or a directory, may not: a password of their own would let them past it.
 * allauth: account/views.py PasswordSetView
 */
export async function maySetFirstPassword(user: User): Promise<boolean> {
  if (user.hasUsablePassword()) return false;
  return (await inquiry((tx) => waysInOf(tx, user.id))) > 0;
}
