'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { settings } from '@/lib/conf/settings';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { warning } from '@/lib/contrib/messages/api';
import { codesLeft } from '@/lib/extras/mfa/factors/codes-left';
import { keepProof } from '@/lib/extras/mfa/factors/factor-changes';
import { proveFactor } from '@/lib/extras/mfa/tries';
import { trustBrowser } from '@/lib/extras/mfa/trusted-browsers';
import { whoAuthenticates } from '@/lib/extras/mfa/who';
import { getSafeNext } from '@/lib/http/safe-url';

export const authenticateAction = loginNotRequired.action(async (request, form) => {
  const { user, isPending } = await whoAuthenticates(request);
  const proven = await proveFactor(request, user, form, { purpose: 'signing in' });
  if ('refused' in proven) return proven.refused;
  const { method } = proven;
  if (method === 'recovery_code') warning(request, await codesLeft(user));
  if (!isPending) {
    keepProof(request, method);
    redirect(getSafeNext(request, form) ?? settings.LOGIN_REDIRECT_URL);
  }
  if (form.get('trust') === 'on') await trustBrowser(request, user);
  redirect(await passLoginStage(request, 'mfa_authenticate', { method }));
});
