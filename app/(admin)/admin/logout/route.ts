import { loginRequired } from '@/app/(admin)/guards';
import { redirectResponse } from '@/lib/http/redirect';

export const GET = loginRequired.handler(async () => redirectResponse('/accounts/logout/'));
