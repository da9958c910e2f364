import { staffMemberRequired } from '@/app/(palette)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { paletteItems } from '@/lib/extras/palette/palette';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';

export const GET = staffMemberRequired.handler(
  async ({ user }: HttpRequest<User>, { request }: { request: Request }) => {
    const query = new URL(request.url).searchParams.get('q') ?? '';
    const items = await paletteItems(user, await adminSite.appList(user), query);
    return Response.json({ items }, { headers: { 'cache-control': 'no-store' } });
  },
);
