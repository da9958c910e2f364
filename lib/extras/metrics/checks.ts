import { env } from '@/lib/conf/env';
import { type CheckMessage, checkWarning } from '@/lib/core/checks/registry';

const SHORTEST = 20;

/** A token for `/metrics/` that can be guessed. Before a deployment; none at all is as good. */
export function checkMetricsToken(token = env.METRICS_TOKEN): CheckMessage[] {
  if (token === '' || token.length >= SHORTEST) return [];
  const message = `METRICS_TOKEN is shorter than ${SHORTEST} characters.`;
  return [checkWarning('metrics.W001', message, 'Set it to the output of "openssl rand -hex 32".')];
}
