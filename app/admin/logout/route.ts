import { loginRequired } from '@/lib/contrib/auth/decorators';
import { redirectResponse } from '@/lib/http/redirect';

export const GET = loginRequired(async () => redirectResponse('/accounts/logout/'));
