import { draftKeyOf } from '@/lib/auth/draft-key';
import type { User } from '@/lib/auth/models';
import { loginRequired } from '@/lib/http/decorators';
import type { HttpRequest } from '@/lib/http/request';

export const GET = loginRequired(async ({ user }: HttpRequest<User>) =>
  Response.json(
    { who: String(user.id), key: draftKeyOf(user) },
    { headers: { 'cache-control': 'no-store' } },
  ),
);
