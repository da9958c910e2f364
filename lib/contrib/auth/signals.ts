import type { AuthRequest } from '@/lib/contrib/auth';
import type { User } from './models';

type Receiver<Payload> = (payload: Payload) => void | Promise<void>;

/**
 * Something that happened, told to whoever asked to be told. Receivers run one after the other, in
 * the order in which they connected, and are awaited; one that throws stops the sender.
 * Django: django/dispatch/dispatcher.py Signal
 */
export class Signal<Payload> {
  readonly #receivers = new Set<Receiver<Payload>>();

  /** Connecting a receiver twice counts once. Returns what disconnects it. */
  connect(receiver: Receiver<Payload>): () => void {
    this.#receivers.add(receiver);
    return () => this.disconnect(receiver);
  }

  disconnect(receiver: Receiver<Payload>): void {
    this.#receivers.delete(receiver);
  }

  async send(payload: Payload): Promise<void> {
    for (const receiver of [...this.#receivers]) await receiver(payload);
  }
}

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
