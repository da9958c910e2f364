'use server';

import { redirect } from 'next/navigation';
import { nextAfterLogin } from '@/app/(auth)/accounts/login/next';
import { loginNotRequired } from '@/app/(auth)/guards';
import { settings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import { AuthenticationForm, invalidLogin } from '@/lib/contrib/auth/forms';
import { reserveSignIn } from '@/lib/contrib/auth/sign-in/attempts';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { cancelPendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { info } from '@/lib/contrib/messages/api';
import { ServiceUnavailable } from '@/lib/core/exceptions';
import { parseForm, refusedForm } from '@/lib/forms/forms';
import { busyForm, throttledForm } from '@/lib/http/refused-form';

const RESET_STAYS_OPEN = 'You can reset your password at once.';

export const loginAction = loginNotRequired.action(async (request, form) => {
  const parsed = parseForm(AuthenticationForm, form);
  if (!parsed.ok) return parsed.state;
  const attempt = await reserveSignIn(request, parsed.data);
  if (!attempt.allowed) return throttledForm(attempt.retryAfter, form, RESET_STAYS_OPEN);
  const user = await authenticate(request, parsed.data).catch(unavailable);
  if (user instanceof ServiceUnavailable) {
    await attempt.withdraw();
    return busyForm(user, form);
  }
  if (!user) return refusedForm(form, invalidLogin());
  const next = nextAfterLogin(request, form);
  const remember = form.get('remember_me') === 'on';
  redirect(await completeLogin(request, user, { method: 'password', next, remember }));
});

/** For whoever has shown their first factor and does not want to go on. */
export const cancelLoginAction = loginNotRequired.action(async (request) => {
  cancelPendingLogin(request);
  info(request, 'You are not signed in.');
  redirect(settings.LOGIN_URL);
});

function unavailable(error: unknown): ServiceUnavailable {
  if (error instanceof ServiceUnavailable) return error;
  throw error;
}
