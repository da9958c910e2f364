import { defineConfig, receiver } from '@/lib/apps/define-config';
import { loginCompleted, userLoginFailed } from '@/lib/contrib/auth/signals';
import { metricsAuthenticator } from './authenticator';
import { checkMetricsToken } from './checks';
import { countSignIn, startCounting } from './counting';

/** Counts what the server answers and who signs in, from its first request on. */
export const metricsConfig = defineConfig('metrics', {
  authenticators: [metricsAuthenticator],
  deployChecks: [checkMetricsToken],
  receivers: [
    receiver(loginCompleted, () => countSignIn('success')),
    receiver(userLoginFailed, () => countSignIn('failure')),
  ],
  ready: startCounting,
});
