import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { csrfFailure } from '@/lib/core/csrf';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { HttpRequest } from './request';

/** A form that another site made this browser send. */
export class ForgedRequest extends PermissionDenied {
  override name = 'ForgedRequest';
}

/**
 * Raise ForgedRequest for what another site made this browser send. A request carries somebody's
 * authority with a session, and also without one when a proxy vouches for them; with what no browser
 * sends by itself there is none that another site could use.
 * Django: middleware/csrf.py CsrfViewMiddleware.process_view
 */
export function refuseForged(request: HttpRequest): void {
  if (request.isWithoutCookies) return;
  const isKnown = request.session.id !== null || request.user.isAuthenticated;
  const forged = csrfFailure(request, request.origin, isKnown);
  if (forged) throw new ForgedRequest(forged);
}

const LONGEST_NAME = 32;

/**
 * Put a refusal into the security log: `authz_fail`, or `malicious_csrf` with the reason for a
 * forged request.
 * Whoever repeats it cannot fill the table. What is not a refusal is ignored.
 * OWASP ASVS 5.0 16.3.2
 */
export async function logRefusal(error: unknown, request: HttpRequest | undefined): Promise<void> {
  if (!(error instanceof PermissionDenied) || !request) return;
  const { user: actor, method, path } = request;
  const name = error instanceof ForgedRequest ? 'malicious_csrf' : 'authz_fail';
  const refused = { method, path: withoutSecrets(path), perms: [...error.perms] };
  const isForged = error instanceof ForgedRequest;
  const detail = isForged ? { ...refused, reason: error.message.slice(0, 300) } : refused;
  await logSecurityEvent({ name, actor, request, detail }, 'limited');
}

/** The path without its query and without segments that are long enough to be a token. */
function withoutSecrets(path: string): string {
  const [address = ''] = path.split('?');
  const segments = address.split('/');
  return segments.map((part) => (part.length > LONGEST_NAME ? '…' : part)).join('/');
}
