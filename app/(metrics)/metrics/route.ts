import { loginNotRequired } from '@/app/(metrics)/guards';
import { PermissionDenied } from '@/lib/core/exceptions';
import { mayReadMetrics } from '@/lib/extras/metrics/may-read';
import { metricsText } from '@/lib/extras/metrics/registry';

export const GET = loginNotRequired.handler(async ({ user, headers }) => {
  if (!mayReadMetrics(user, headers.get('authorization'))) {
    if (user.isAuthenticated) throw new PermissionDenied('Only superusers read the figures.');
    return new Response('The figures are for programs with a token.\n', {
      status: 401,
      headers: { 'www-authenticate': 'Bearer', 'cache-control': 'no-store' },
    });
  }
  const { text, contentType } = await metricsText();
  return new Response(text, {
    headers: { 'content-type': contentType, 'cache-control': 'no-store' },
  });
});
