import type { userLoggedIn } from '@/lib/contrib/auth/signals';
import type { PayloadOf } from '@/lib/dispatch';
import { forgetAttempts } from './attempts';

/** What a signal tells its receivers. */
/** The try that succeeded, and those that had failed before it. */
export async function forgetTries({ request, tx }: PayloadOf<typeof userLoggedIn>): Promise<void> {
  if (request.attempt) await forgetAttempts('login', request.attempt.keys, tx);
}
