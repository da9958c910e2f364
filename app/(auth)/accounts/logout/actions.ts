'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(auth)/guards';
import { settings } from '@/lib/conf/settings';
import { logout } from '@/lib/contrib/auth';
import { furtherLogout } from '@/lib/contrib/auth/sign-in/after-logout';
import { success } from '@/lib/contrib/messages/api';
import { clearSiteData } from '@/lib/http/clear-site-data';
import { getSafeNext } from '@/lib/http/safe-url';

export const logoutAction = loginNotRequired.action(async (request, form) => {
  const further = await furtherLogout(request);
  await logout(request);
  clearSiteData(request);
  success(request, 'You are signed out.');
  if (further !== null) redirect(further);
  redirect(getSafeNext(request, form) ?? settings.LOGOUT_REDIRECT_URL ?? '/accounts/logout/');
});
