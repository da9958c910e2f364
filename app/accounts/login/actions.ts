'use server';

import { redirect } from 'next/navigation';
import { nextAfterLogin } from '@/app/accounts/login/next';
import { settings } from '@/lib/conf/settings';
import { authenticate, login } from '@/lib/contrib/auth';
import { loginNotRequired } from '@/lib/contrib/auth/decorators';
import { AuthenticationForm, invalidLogin } from '@/lib/contrib/auth/forms';
import { ServiceUnavailable } from '@/lib/core/exceptions';
import { reserveSignIn } from '@/lib/extras/throttling/sign-in';
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
  await login(request, user);
  await attempt.succeeded(user);
  request.session.setExpiry(form.get('remember_me') === 'on' ? null : 0);
  redirect(nextAfterLogin(request, form) ?? settings.LOGIN_REDIRECT_URL);
});

function unavailable(error: unknown): ServiceUnavailable {
  if (error instanceof ServiceUnavailable) return error;
  throw error;
}
