import { defineConfig, receiver } from '@/lib/apps/define-config';
import { loginCompleted, userLoggedIn } from '@/lib/contrib/auth/signals';
import { throttleAdmin } from './admin';
import { checkThrottles } from './checks';
import { forgetTries } from './receivers';
import { knowDevice } from './sign-in';

/** Counts as a screen of the admin, and a command for whoever must wait. */
export const throttlingConfig = defineConfig('throttling', {
  admins: [throttleAdmin],
  checks: [checkThrottles],
  commands: { throttle: () => import('./management/commands/throttle') },
  receivers: [receiver(userLoggedIn, forgetTries), receiver(loginCompleted, knowDevice)],
});
