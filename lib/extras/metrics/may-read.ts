import { env } from '@/lib/conf/env';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { constantTimeCompare } from '@/lib/core/crypto';

/**
 * Whether the figures may be read by whoever asks: a program that sends METRICS_TOKEN as its bearer
 * token, or a superuser who is signed in. Without that setting no program may.
 */
export function mayReadMetrics(user: RequestUser, authorization: string | null): boolean {
  const isSuperuser = user.isAuthenticated && user.isActive && user.isSuperuser;
  return (isSuperuser && user.attenuation === null) || hasMetricsToken(authorization);
}

/** Whether this header carries METRICS_TOKEN; never while that is not set. */
export function hasMetricsToken(authorization: string | null): boolean {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  return env.METRICS_TOKEN !== '' && constantTimeCompare(token, env.METRICS_TOKEN);
}
