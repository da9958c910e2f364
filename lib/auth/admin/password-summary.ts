import type { Fact } from '@/lib/admin/options';
import { identifyHasher, isPasswordUsable } from '@/lib/auth/hashers';
import { users } from '@/lib/auth/managers';

/**
 * What the page of a user says of their password: the algorithm and its settings, salt and hash
 * masked, or that there is none, and where to set it.
 * Django: contrib/auth/forms.py ReadOnlyPasswordHashWidget
 */
export async function passwordFact(userId: number): Promise<Fact> {
  const encoded = (await users.getById(userId))?.encodedPassword() ?? '';
  const label = isPasswordUsable(encoded) ? 'Reset password' : 'Set password';
  return {
    label: 'Password',
    text: summaryOf(encoded),
    link: { label, href: `/admin/auth/user/${userId}/password/` },
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
