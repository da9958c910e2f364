import { settings } from '@/lib/conf/settings';
import type { AuthRequest } from '@/lib/contrib/auth';
import { admittedUser } from '@/lib/contrib/auth/backends';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { parseAssertion } from './credential';
import { rpId } from './relying-party';
import { type PasskeyRequest, takeAssertion } from './take-assertion';

/** Whom a passkey has brought in, by which backend; or why not. */
export type PasskeyLogin =
  | { readonly user: User; readonly backend: string }
  | { readonly retryAfter: number }
  /** `unknown` is what an authenticator may be told to forget. */
  | { readonly refused: true; readonly unknown?: { readonly rpId: string; readonly id: string } };

/** Whether people may sign in by a passkey alone. */
export function isPasskeyLoginEnabled(): boolean {
  return settings.MFA_PASSKEY_LOGIN_ENABLED && settings.MFA_SUPPORTED_TYPES.includes('webauthn');
}

/**
 * Recognise somebody by a passkey alone, which has verified its owner: possession and knowledge or
 * inherence, so both factors. `completeLogin` is the caller's. Tries are counted by passkey and network
 * before anything is verified. Whoever a backend does not let in is refused as for a wrong answer.
 * OWASP ASVS 5.0 6.3.1, 6.5.7; allauth: mfa/webauthn/views.py LoginWebAuthnView
 */
export async function loginByPasskey(
  request: AuthRequest & PasskeyRequest & { ipAddress: string },
  text: string,
): Promise<PasskeyLogin> {
  const account = `webauthn:${parseAssertion(text)?.id ?? ''}`;
  const keys = { account, network: request.ipAddress };
  const attempt = await reserveAttempt('login', keys, { request });
  if (!attempt.allowed) return { retryAfter: attempt.retryAfter };
  request.attempt = attempt;
  const taken = await takeAssertion(request, { purpose: 'login', user: null }, text);
  if ('refused' in taken) {
    await logRefused(request, taken.refused);
    if (taken.refused !== 'unknown') return { refused: true };
    return { refused: true, unknown: { rpId: rpId(), id: taken.id } };
  }
  const known = await admittedUser(taken.userId);
  if (known) return known;
  await logRefused(request, 'not let in');
  return { refused: true };
}

function logRefused(request: PasskeyRequest, reason: string): Promise<void> {
  const detail = { method: 'passkey', reason };
  return logSecurityEvent({ name: 'authn_login_fail', request, detail });
}
