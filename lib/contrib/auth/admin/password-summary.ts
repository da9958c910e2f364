import type { AdminUser, Fact } from '@/lib/contrib/admin/options';
import { identifyHasher, isPasswordUsable } from '@/lib/contrib/auth/hashers';
import { passwordRefusal } from '@/lib/contrib/auth/permissions/account-rules';
import { users } from '@/lib/contrib/auth/users/managers';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';

/**
 * What the page of a user says of their password: the algorithm and its settings, salt and hash
 * masked, or that there is none, and where to set it, for who may; one's own
 * is changed where the old one is asked for.
 * Django: contrib/auth/forms.py ReadOnlyPasswordHashWidget
 */
export async function passwordFact(userId: number, viewer: AdminUser): Promise<Fact> {
  const user = await users.getById(userId);
  const encoded = user?.encodedPassword() ?? '';
  const text = summaryOf(encoded);
  if (userId === viewer.id) {
    const link = { label: 'Change password', href: '/accounts/password_change/' };
    return { label: 'Password', text, link };
  }
  if (user && (await passwordRefusal(viewer, user)) !== null) return { label: 'Password', text };
  const label = isPasswordUsable(encoded) ? 'Reset password' : 'Set password';
  return {
    label: 'Password',
    text,
    link: { label, href: userAdminPath(`${userId}/password/`) },
  };
}

function summaryOf(encoded: string): string {
  if (encoded === '' || !isPasswordUsable(encoded)) return 'No password set.';
  const hasher = identifyHasher(encoded);
  if (!hasher) return 'Invalid password format or unknown hashing algorithm.';
  return hasher
    .safeSummary(encoded)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ');
}
