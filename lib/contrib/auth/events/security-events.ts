import type { TransactionClient } from '@/lib/db/client';
import { Signal } from '@/lib/dispatch';

/**
 * What can stand in the log, in OWASP's words.
 * OWASP: Application Logging Vocabulary Cheat Sheet
 */
export type OwaspEventName =
  | 'authn_login_success'
  | 'authn_login_successafterfail'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'authn_password_change'
  | 'authn_password_change_fail'
  | 'authn_token_created'
  | 'authn_token_reuse'
  | 'authn_token_revoked'
  | 'authz_fail'
  | 'authz_admin'
  | 'excess_rate_limit_exceeded'
  | 'malicious_csrf'
  | 'privilege_permissions_changed'
  | 'sensitive_read'
  | 'session_expired'
  | 'user_archived'
  | 'user_created'
  | 'user_deleted'
  | 'user_updated';

/** As much of a request as is kept: where it came from, in which session. */
export type SecurityRequest = {
  ipAddress?: string;
  userAgent?: string;
  session?: { readonly keyHash: string | null };
  /** The first characters of the token that it was made with. */
  token?: string;
  /** Why somebody asked for it, as they said. */
  reason?: string;
};

/** As much of who did something as is kept; of a stranger nothing. */
type Actor = {
  readonly isAuthenticated: boolean;
  readonly id: number | null;
  readonly username: string;
  /** Who acts as them. */
  readonly impersonator?: { readonly id: number; readonly username: string } | null;
};

/**
 * Something to remember. `actor` did it, or whoever acts as them, and is then kept as the subject;
 * `target` had it done to them. `username` is a name that
 * somebody typed: it is kept only if it is a user's, because people type passwords there. `detail`
 * is kept as it is and must hold no secret. Inside a transaction give `tx`, and `target` instead of
 * `username`; the event is then written if the transaction is.
 */
export type SecurityEvent = {
  name: OwaspEventName;
  actor?: Actor | undefined;
  username?: string;
  target?: { id: number; username: string };
  request?: SecurityRequest | undefined;
  detail?: Record<string, string | number | boolean | string[]>;
  tx?: TransactionClient;
};

/** How far an event is kept: `'limited'` is for what people can cause without end, and by reading. */
export type Storage = 'database and stdout' | 'limited';

/** Several events of one act, in its transaction. */
export type SecurityEvents = {
  events: readonly Omit<SecurityEvent, 'tx' | 'username'>[];
  tx: TransactionClient;
};

/**
 * Sent of everything that happened to accounts and rights. With `event.tx`, and for many at once, it is
 * sent inside the transaction of the act: what a receiver throws undoes it.
 * Django: no counterpart
 */
export const securityEvent = new Signal<{ event: SecurityEvent; storage: Storage }>();
export const securityEvents = new Signal<SecurityEvents>();

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ids of people at whom tries have failed since a moment, as many as are wanted at most. */
    readonly triedPeople?: readonly ((since: Date, most: number) => Promise<readonly number[]>)[];
  }
}

/**
 * Tell of an event whoever keeps such: the security log, while it is in. Inside a transaction of the
 * caller it rejects when that cannot be written, elsewhere it stops nobody.
 * OWASP ASVS 5.0 16.2, 16.3, 16.4
 * @example
 * await logSecurityEvent({ name: 'authn_token_created', actor: user, target: user, request });
 */
export async function logSecurityEvent(
  event: SecurityEvent,
  storage: Storage = 'database and stdout',
): Promise<void> {
  await securityEvent.send({ event, storage });
}

/**
 * Tell what one act did to many people, an event for each, in the transaction of the act. Rejects it
 * if they cannot be written.
 */
export async function logSecurityEvents(
  events: SecurityEvents['events'],
  tx: TransactionClient,
): Promise<void> {
  await securityEvents.send({ events, tx });
}
