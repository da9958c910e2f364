'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(auth)/guards';
import { settings } from '@/lib/conf/settings';
import { logout } from '@/lib/contrib/auth';
import { success } from '@/lib/contrib/messages/api';
import { clearSiteData } from '@/lib/http/clear-site-data';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

export const logoutAction = loginNotRequired(async (request: HttpRequest, form: FormData) => {
  await logout(request);
  clearSiteData(request);
  success(request, 'You are signed out.');
  redirect(getSafeNext(request, form) ?? settings.LOGOUT_REDIRECT_URL ?? '/accounts/logout/');
});
