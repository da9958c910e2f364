import type { Json } from '@/lib/contrib/sessions/row';

/**
 * What a session keeps of who acts in it: the id, and the hash of the key of their own session, with
 * which it ends; why, and until when, in milliseconds since 1970.
 */
export type ImpersonationState = {
  readonly id: number;
  readonly own: string;
  readonly reason: string;
  readonly until: number;
};

/** What of a session's value is one; null for anything else. */
export function parseImpersonation(value: Json | undefined): ImpersonationState | null {
  if (typeof value !== 'object' || value === null || !('until' in value)) return null;
  const { id, own, reason, until } = value;
  if (typeof id !== 'number' || typeof until !== 'number') return null;
  if (typeof own !== 'string' || typeof reason !== 'string') return null;
  return { id, own, reason, until };
}
