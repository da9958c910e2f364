import { loginRequired } from '@/lib/http/decorators';
import { redirectResponse } from '@/lib/http/redirect';

export const GET = loginRequired(async () => redirectResponse('/accounts/password_change/'));
