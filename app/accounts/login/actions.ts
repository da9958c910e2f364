'use server';

import { redirect } from 'next/navigation';
import { nextAfterLogin } from '@/app/accounts/login/next';
import { authenticate, login } from '@/lib/auth/auth';
import { AuthenticationForm, invalidLogin } from '@/lib/auth/forms';
import { settings } from '@/lib/conf/settings';
import { loginNotRequired } from '@/lib/http/decorators';
import { parseForm, refusedForm } from '@/lib/http/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { reserveSignIn } from '@/lib/http/throttled-sign-in';

const RESET_STAYS_OPEN = 'You can reset your password at once.';

export const loginAction = loginNotRequired(async (request: HttpRequest, form: FormData) => {
  const parsed = parseForm(AuthenticationForm, form);
  if (!parsed.ok) return parsed.state;
  const attempt = await reserveSignIn(request, parsed.data.username);
  if (!attempt.allowed) return throttledForm(attempt.retryAfter, form, RESET_STAYS_OPEN);
  const user = await authenticate(request, parsed.data);
  if (!user) return refusedForm(form, invalidLogin());
  await login(request, user);
  await attempt.succeeded();
  request.session.setExpiry(form.get('remember_me') === 'on' ? null : 0);
  redirect(nextAfterLogin(request, form) ?? settings.LOGIN_REDIRECT_URL);
});
