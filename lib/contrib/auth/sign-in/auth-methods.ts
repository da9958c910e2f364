import { brought } from '@/lib/apps/registry';
import type { Session } from '@/lib/contrib/sessions/session';

/** Where the session keeps by what its person has proven who they are. */
export const AUTH_METHODS_KEY = '_auth_methods';

/**
 * One proof of who somebody is: `password`, `remote_user`, `totp`, `recovery_code`, `passkey`,
 * `oidc`, `code`, … and when it was given, in milliseconds since 1970.
 * allauth: account/internal/flows/login.py record_authentication
 */
export type AuthMethod = { readonly method: string; readonly at: number };

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Proofs of the app's that are two factors by themselves, shown elsewhere to whom the site trusts. */
    readonly twoFactorMethods?: readonly string[];
  }
}

/** The proofs that are two factors by themselves, of the installed apps. */
export function twoFactorMethods(): string[] {
  return [...brought('twoFactorMethods')];
}

/** The proofs that a session rests on, the oldest first; none for a stranger's. */
export function authMethods(session: Pick<Session, 'get'>): AuthMethod[] {
  const stored = session.get(AUTH_METHODS_KEY);
  return Array.isArray(stored) ? stored.filter(isAuthMethod) : [];
}

/** Keep a proof that was given within the session; a former one of the same kind goes. */
export function recordAuthMethod(session: Pick<Session, 'get' | 'set'>, proof: AuthMethod): void {
  const others = authMethods(session).filter(({ method }) => method !== proof.method);
  session.set(AUTH_METHODS_KEY, [...others, proof]);
}

/** Keep no proof of these kinds any more. */
export function forgetAuthMethods(
  session: Pick<Session, 'get' | 'set'>,
  methods: readonly string[],
): void {
  const kept = authMethods(session).filter(({ method }) => !methods.includes(method));
  session.set(AUTH_METHODS_KEY, kept);
}

/** Whether a value that came out of a session is a proof. */
export function isAuthMethod(value: unknown): value is AuthMethod {
  return (
    typeof value === 'object' &&
    value !== null &&
    'method' in value &&
    typeof value.method === 'string' &&
    'at' in value &&
    typeof value.at === 'number'
  );
}
