import { createHash, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/conf/env';
import type { RequestUser } from '@/lib/contrib/auth/models';

/**
 * Whether the figures may be read by whoever asks: a program that sends METRICS_TOKEN as its bearer
 * token, or a superuser who is signed in. Without that setting no program may.
 */
export function mayReadMetrics(user: RequestUser, authorization: string | null): boolean {
  if (user.isAuthenticated && user.isActive && user.isSuperuser) return true;
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  return env.METRICS_TOKEN !== '' && isSame(token, env.METRICS_TOKEN);
}

// As long for a right beginning as for a wrong one.
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
