import { expect } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { requestWith } from '@/tests/support/auth/sign-in';

/** The session goes on under another key, with its user and its cart, and its old cookie is dead. */
export async function expectNewKey(
  user: User,
  before: SessionSeal,
  after: SessionSeal,
): Promise<void> {
  expect(after.key).not.toBe(before.key);
  expect(await loadSession(before)).toBeNull();
  const next = await requestWith(after);
  expect(next.session.get('cart')).toBe('apples');
  expect(next.user.equals(user)).toBe(true);
}
