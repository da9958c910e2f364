import { isDatabaseReachable } from '@/lib/db/checks';
import { loginNotRequired } from '@/lib/http/decorators';

export const GET = loginNotRequired(async () => {
  const isUp = await isDatabaseReachable();
  return new Response(isUp ? 'ok' : 'database unreachable', {
    status: isUp ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
});
