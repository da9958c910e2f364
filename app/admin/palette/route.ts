import { adminSite } from '@/lib/admins';
import type { User } from '@/lib/auth/models';
import { paletteItems } from '@/lib/auth/palette';
import { staffMemberRequired } from '@/lib/http/decorators';
import type { HttpRequest } from '@/lib/http/request';

export const GET = staffMemberRequired(
  async ({ user }: HttpRequest<User>, { request }: { request: Request }) => {
    const query = new URL(request.url).searchParams.get('q') ?? '';
    const items = await paletteItems(user, await adminSite.appList(user), query);
    return Response.json({ items }, { headers: { 'cache-control': 'no-store' } });
  },
);
