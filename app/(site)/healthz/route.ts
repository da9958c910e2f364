import { loginNotRequired } from '@/app/(site)/guards';
import { healthFault } from '@/lib/http/server/health';

export const GET = loginNotRequired.handler(async () => {
  const fault = await healthFault();
  return new Response(fault ?? 'ok', {
    status: fault ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  });
});
