import { staffMemberRequired } from '@/app/(admin)/guards';
import { autocomplete, screensSearched } from '@/lib/contrib/admin/search/autocomplete';
import type { User } from '@/lib/contrib/auth/models';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { HttpRequest } from '@/lib/http/request';
import { adminSite } from '@/lib/site/admins';

const LAST_PAGE = 1000;

export const GET = staffMemberRequired.handler(
  async (request: HttpRequest<User>, call: { request: Request }) => {
    const query = new URL(call.request.url).searchParams;
    const textOf = (name: string) => query.get(name) ?? '';
    const key = `${textOf('app_label')}.${textOf('model_name')}`;
    const admin = screensSearched(adminSite, key);
    if (!admin) throw new PermissionDenied();
    const page = Math.min(LAST_PAGE, Math.max(1, Math.trunc(Number(textOf('page'))) || 1));
    const wanted = { fieldName: textOf('field_name'), term: textOf('term'), page };
    const answer = await autocomplete(admin, request.user, wanted);
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
  },
);
