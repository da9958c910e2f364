import { loginRequired } from '@/lib/contrib/auth/decorators';
import { draftKeyOf } from '@/lib/extras/drafts/draft-key';

export const GET = loginRequired.handler(async ({ user }) =>
  Response.json(
    { who: String(user.id), key: draftKeyOf(user) },
    { headers: { 'cache-control': 'no-store' } },
  ),
);
