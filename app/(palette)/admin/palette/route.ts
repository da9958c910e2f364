import { staffMemberRequired } from '@/app/(palette)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { paletteItems, stillSeen } from '@/lib/extras/palette/palette';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';

export const GET = staffMemberRequired.handler(
  async ({ user }: HttpRequest<User>, { request }: { request: Request }) => {
    const { searchParams } = new URL(request.url);
    const apps = await adminSite.appList(user);
    const items = await paletteItems(user, apps, searchParams.get('q') ?? '');
    const recents = await stillSeen(user, apps, searchParams.getAll('recent'));
    return Response.json({ items, recents }, { headers: { 'cache-control': 'no-store' } });
  },
);
