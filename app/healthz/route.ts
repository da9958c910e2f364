import { isDatabaseReachable } from '@/lib/db/checks';
import { loginNotRequired } from '@/lib/http/decorators';
import { isDraining } from '@/lib/http/shutdown';

export const GET = loginNotRequired(async () => {
  const fault = isDraining() ? 'ending' : await faultOfDatabase();
  return new Response(fault ?? 'ok', {
    status: fault ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  });
});

async function faultOfDatabase(): Promise<string | null> {
  return (await isDatabaseReachable()) ? null : 'database unreachable';
}
