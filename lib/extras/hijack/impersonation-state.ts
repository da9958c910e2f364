import type { Json } from '@/lib/contrib/sessions/row';

/**
 * What a session keeps of who acts in it: the id, and the session auth hash of their password;
 * why, and until when, in milliseconds since 1970.
 */
export type ImpersonationState = {
  readonly id: number;
  readonly hash: string;
  readonly reason: string;
  readonly until: number;
};

/** What of a session's value is one; null for anything else. */
export function parseImpersonation(value: Json | undefined): ImpersonationState | null {
  if (typeof value !== 'object' || value === null || !('until' in value)) return null;
  const { id, hash, reason, until } = value;
  if (typeof id !== 'number' || typeof until !== 'number') return null;
  if (typeof hash !== 'string' || typeof reason !== 'string') return null;
  return { id, hash, reason, until };
}
