import { randomBytes } from 'node:crypto';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { getLogger } from '@/lib/core/logging';
import { outcomePath } from '@/lib/extras/socialaccount/addresses';
import type { HttpRequest } from '@/lib/http/request';

const logger = getLogger('socialaccount');

/** What anybody can cause as often as they like, by an address that they make up. */
export const NOT_BEGUN = 'not begun in this browser';

/**
 * Refuse a sign-in at a provider: the page that says that it did not work, and no more than that. Why, the
 * log and the security log have under the reference that the page shows; never what the provider sent.
 */
export async function refuseSignIn(
  request: HttpRequest,
  provider: string,
  reason: string,
): Promise<string> {
  const reference = randomBytes(4).toString('hex');
  const detail = { method: 'oidc', provider, reason, reference };
  logger.warning('A sign-in at a provider did not work.', { provider, reason, reference });
  const storage = reason === NOT_BEGUN ? 'limited' : 'database and stdout';
  await logSecurityEvent({ name: 'authn_login_fail', request, detail }, storage);
  return outcomePath('error', { provider, reference });
}

/** What went wrong with a provider's answer, in a few words and without what it said. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return `${code}: ${error.message}`.replace(/[^\x20-\x7e]/g, ' ').slice(0, 200);
}
