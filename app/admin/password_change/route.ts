import { loginRequired } from '@/lib/contrib/auth/decorators';
import { redirectResponse } from '@/lib/http/redirect';

export const GET = loginRequired.handler(async () =>
  redirectResponse('/accounts/password_change/'),
);
