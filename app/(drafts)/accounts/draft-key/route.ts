import { loginRequired } from '@/app/(drafts)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { draftKeyOf } from '@/lib/extras/drafts/draft-key';
import type { HttpRequest } from '@/lib/http/request';

export const GET = loginRequired.handler(async ({ user }: HttpRequest<User>) =>
  Response.json(
    { who: String(user.id), key: draftKeyOf(user) },
    { headers: { 'cache-control': 'no-store' } },
  ),
);
