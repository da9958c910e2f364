import { logSecurityEvent } from '@/lib/auth/security-log';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { HttpRequest } from './request';

/** A form that another site made this browser send. */
export class ForgedRequest extends PermissionDenied {
  override name = 'ForgedRequest';
}

const LONGEST_NAME = 32;

/**
 * Put a refusal into the security log: `authz_fail`, or `malicious_csrf` for a forged request, which
 * a stranger could repeat until the table is full and which is therefore only printed for one. What
 * is not a refusal is ignored.
 * OWASP ASVS 5.0 16.3.2
 */
export async function logRefusal(error: unknown, request: HttpRequest | undefined): Promise<void> {
  if (!(error instanceof PermissionDenied) || !request) return;
  const { user: actor, session, method, path } = request;
  const isForged = error instanceof ForgedRequest;
  const name = isForged ? 'malicious_csrf' : 'authz_fail';
  const detail = { method, path: withoutSecrets(path), perms: [...error.perms] };
  const storage = isForged && session.id === null ? 'stdout only' : 'database and stdout';
  await logSecurityEvent({ name, actor, request, detail }, storage);
}

/** The path without its query and without segments that are long enough to be a token. */
function withoutSecrets(path: string): string {
  const [address = ''] = path.split('?');
  const segments = address.split('/');
  return segments.map((part) => (part.length > LONGEST_NAME ? '…' : part)).join('/');
}
