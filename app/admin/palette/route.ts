import { staffMemberRequired } from '@/lib/contrib/admin/decorators';
import { paletteItems } from '@/lib/extras/palette/palette';
import { adminSite } from '@/lib/site/admins';

export const GET = staffMemberRequired.handler(async ({ user }, { request }) => {
  const query = new URL(request.url).searchParams.get('q') ?? '';
  const items = await paletteItems(user, await adminSite.appList(user), query);
  return Response.json({ items }, { headers: { 'cache-control': 'no-store' } });
});
