import { isDatabaseReachable } from '@/lib/db/checks';
import { isDraining } from './shutdown';

/**
 * Why a load balancer should send this process no requests: it is `ending`, or has its `database
 * unreachable`; null if it should. Takes two seconds at most, and never rejects.
 */
export async function healthFault(): Promise<string | null> {
  if (isDraining()) return 'ending';
  return (await isDatabaseReachable()) ? null : 'database unreachable';
}
