import { Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { Signal } from '@/lib/dispatch';
import type { AuthMethod } from './sign-in/auth-methods';
import type { AuthRequest, User } from './users/user';

/**
 * Sent by `login()`, when session and `request.user` are set, inside the transaction that writes
 * them: what a receiver writes through `tx` is written with them or not at all, and what it throws
 * undoes the sign-in. It must not query `db`, which on SQLite waits for the transaction to end; after
 * a conflict it is called again. `methods` are what the person has proven themselves by.
 * Django: contrib/auth/signals.py user_logged_in
 */
export const userLoggedIn = new Signal<{
  request: AuthRequest;
  user: User;
  methods: readonly AuthMethod[];
  tx: TransactionClient;
}>();

/**
 * Sent once a person is signed in by all that was asked of them and the database knows, in an action
 * or route handler: the place to set a further cookie.
 * Django: no counterpart
 */
export const loginCompleted = new Signal<{ request: AuthRequest; user: User }>();

/**
 * Sent in an action when somebody has set a new password by a link that was mailed to them.
 * Django: no counterpart; allauth: account/signals.py password_reset
 */
export const passwordResetCompleted = new Signal<{ request: AuthRequest; user: User }>();

/**
 * Sent in an action when somebody has given themselves another name to sign in by; `user` has it.
 * Django: no counterpart
 */
export const usernameChanged = new Signal<{ request: AuthRequest; user: User }>();

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
 * Sent once a user's password is another one, or none, and the row says so; not when the same
 * password is only encoded anew.
 * Django: no counterpart; password validators are told of the new one (`password_changed`)
 */
export const passwordSet = new Signal<{ user: User }>();

/**
 * Note the time of a sign-in in `last_login`, and nothing else of the row. Throws when the row is
 * gone.
 * Django: contrib/auth/models.py update_last_login
 */
export async function updateLastLogin({
  user,
  tx,
}: {
  user: User;
  tx: TransactionClient;
}): Promise<void> {
  const { table, columns } = user.meta;
  const { lastLogin: column, id = 'id' } = columns;
  if (column === undefined) return;
  const now = new Date();
  const count = await tx.$executeRaw(Prisma.sql`
    UPDATE ${identifier(table)} SET ${identifier(column)} = ${now}
    WHERE ${identifier(id)} = ${user.id}`);
  if (count === 0) throw new Error(`The user ${user.id} no longer exists.`);
  user.lastLogin = now;
}

userLoggedIn.connect(updateLastLogin);
