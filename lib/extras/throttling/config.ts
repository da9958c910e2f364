import { defineConfig, receiver } from '@/lib/apps/define-config';
import { userLoggedIn, userLoggedOut, userLoginFailed } from '@/lib/contrib/auth/signals';
import { throttleAdmin } from './admin';
import { checkThrottles } from './checks';
import { logLoggedIn, logLoggedOut, logLoginFailed } from './receivers';

/** Counts as a screen of the admin, and a command for whoever must wait. */
export const throttlingConfig = defineConfig('throttling', {
  admins: [throttleAdmin],
  checks: [checkThrottles],
  commands: { throttle: () => import('./management/commands/throttle') },
  receivers: [
    receiver(userLoggedIn, logLoggedIn),
    receiver(userLoggedOut, logLoggedOut),
    receiver(userLoginFailed, logLoginFailed),
  ],
});
