import { loginNotRequired } from '@/app/(site)/guards';

export const GET = loginNotRequired.handler(
  async () => new Response('ok', { headers: { 'cache-control': 'no-store' } }),
);
