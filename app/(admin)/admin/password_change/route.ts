import { loginRequired } from '@/app/(admin)/guards';
import { redirectResponse } from '@/lib/http/redirect';

export const GET = loginRequired(async () => redirectResponse('/accounts/password_change/'));
