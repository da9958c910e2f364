import type { Authenticator } from '@/lib/contrib/auth/authenticators/authenticator';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { Session } from '@/lib/contrib/sessions/session';
import { hasMetricsToken } from './may-read';

/**
 * A program that sends METRICS_TOKEN is nobody, and may read the figures: what looks for tokens of
 * people does not take it for a wrong one of these.
 * RFC 6750
 */
export const metricsAuthenticator: Authenticator = {
  name: 'metrics_token',
  async authenticate({ headers, entryPoint }) {
    if (entryPoint !== 'handler' || !hasMetricsToken(headers.get('authorization'))) return null;
    return { user: new AnonymousUser(), session: new Session(), usesCookies: false };
  },
};
