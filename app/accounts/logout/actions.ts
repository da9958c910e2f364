'use server';

import { redirect } from 'next/navigation';
import { logout } from '@/lib/auth/auth';
import { settings } from '@/lib/conf/settings';
import { clearSiteData } from '@/lib/http/clear-site-data';
import { loginNotRequired } from '@/lib/http/decorators';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';
import { success } from '@/lib/messages/api';

export const logoutAction = loginNotRequired(async (request: HttpRequest, form: FormData) => {
  await logout(request);
  clearSiteData(request);
  success(request, 'You are signed out.');
  redirect(getSafeNext(request, form) ?? settings.LOGOUT_REDIRECT_URL ?? '/accounts/logout/');
});
