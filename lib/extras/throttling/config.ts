import { defineConfig, receiver } from '@/lib/apps/define-config';
import {
  loginCompleted,
  passwordResetCompleted,
  userLoggedIn,
  usernameChanged,
} from '@/lib/contrib/auth/signals';
import { throttleAdmin } from './admin';
import {
  clearForgottenAttempts,
  forgetAttempts,
  reserveAttempt,
  withdrawAttempt,
} from './attempts';
import { checkThrottles } from './checks';

import { throttlingHome } from './home-part';

import { userAdditions } from './let-in';

import { forgetTries } from './receivers';
import { knowDevice, reserveSignIn } from './sign-in';

/** What counts tries, the counts as a screen of the admin, and a command for whoever must wait. */
export const throttlingConfig = defineConfig('throttling', {
  admins: [throttleAdmin],
  adminHome: [throttlingHome],
  adminAdditions: [userAdditions],
  attemptCounters: [
    {
      reserve: reserveAttempt,
      reserveSignIn,
      forget: forgetAttempts,
      withdraw: withdrawAttempt,
    },
  ],
  checks: [checkThrottles],
  clearExpired: [clearForgottenAttempts],
  commands: { throttle: () => import('./management/commands/throttle') },
  receivers: [
    receiver(userLoggedIn, forgetTries),
    receiver(loginCompleted, knowDevice),
    receiver(passwordResetCompleted, knowDevice),
    // What a device is known by is bound to the name.
    receiver(usernameChanged, knowDevice),
  ],
});
