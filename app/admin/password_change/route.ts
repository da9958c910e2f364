import { loginRequired } from '@/lib/http/decorators';

export const GET = loginRequired(async () => {
  const headers = { location: '/accounts/password_change/', 'cache-control': 'no-store' };
  return new Response(null, { status: 302, headers });
});
