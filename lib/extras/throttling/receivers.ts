import type { userLoggedIn } from '@/lib/contrib/auth/signals';
import { forgetAttempts } from './attempts';

/** What a signal tells its receivers. */
type Sent<S> = S extends { send(payload: infer P): unknown } ? P : never;

/** The try that succeeded, and those that had failed before it. */
export async function forgetTries({ request, tx }: Sent<typeof userLoggedIn>): Promise<void> {
  if (request.attempt) await forgetAttempts('login', request.attempt.keys, tx);
}
