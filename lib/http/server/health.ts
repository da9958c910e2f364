import { isDatabaseReachable } from '@/lib/db/checks';
import { isDraining } from './shutdown';

/**
 * The answer to a load balancer: 503 with the reason why it should send this process no requests, that
 * it is `ending`, or has its `database unreachable`; else 200. Takes two seconds at most, and never
 * rejects.
 */
export async function healthAnswer(): Promise<Response> {
  const fault = await healthFault();
  return new Response(fault ?? 'ok', {
    status: fault ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  });
}

async function healthFault(): Promise<string | null> {
  if (isDraining()) return 'ending';
  return (await isDatabaseReachable()) ? null : 'database unreachable';
}
