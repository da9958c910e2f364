import { Signal } from '@/lib/dispatch';
import type { AuthRequest, User } from './users/user';

/**
 * Sent at the end of `login()`, when session and `request.user` are set.
 * Django: contrib/auth/signals.py user_logged_in
 */
export const userLoggedIn = new Signal<{ request: AuthRequest; user: User }>();

/**
 * Sent at the start of `logout()`, while the session still stands; `user` is null for a stranger.
 * Django: contrib/auth/signals.py user_logged_out
 */
export const userLoggedOut = new Signal<{ request: AuthRequest; user: User | null }>();

/**
 * Sent when `authenticate()` found nobody. In `credentials` every secret is replaced by asterisks.
 * Django: contrib/auth/signals.py user_login_failed
 */
export const userLoginFailed = new Signal<{
  credentials: Readonly<Record<string, unknown>>;
  request: AuthRequest | null;
}>();

/**
 * Note the time of a sign-in in `last_login`, and nothing else of the row.
 * Django: contrib/auth/models.py update_last_login
 */
export async function updateLastLogin({ user }: { user: User }): Promise<void> {
  user.lastLogin = new Date();
  await user.save(['lastLogin']);
}

userLoggedIn.connect(updateLastLogin);
