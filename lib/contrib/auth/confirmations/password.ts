import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import {
  keepSessionAfterUpgrade,
  ownPasswordTries,
} from '@/lib/contrib/auth/passwords/password-change';
import { forgetAttempts, reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { hasNul } from '@/lib/forms/fields';
import { type FormState, refusedField } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import type { Confirmation } from './confirmation';

/**
 * One's own password, given again. Tries are counted with those at the old password of a change.
 * OWASP ASVS 5.0 7.5.3
 */
export const passwordConfirmation = {
  name: 'password',
  field: { name: 'confirm_password', label: 'Your own password', kind: 'password' },
  request: 'Enter your own password to do this.',
  isAvailable: (user) => user.hasUsablePassword(),
  confirm,
} as const satisfies Confirmation;

async function confirm(request: HttpRequest<User>, form: FormData): Promise<FormState | null> {
  const { user } = request;
  const { name: field } = passwordConfirmation.field;
  const password = String(form.get(field) ?? '');
  const keys = ownPasswordTries(request);
  const attempt = await reserveAttempt('password_change', keys, { request });
  if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
  const stored = user.encodedPassword();
  const isRight = !hasNul(password) && (await user.checkPassword(password));
  keepSessionAfterUpgrade(request, user, stored);
  if (!isRight) {
    const detail = { reason: 'confirming a grant' };
    await logSecurityEvent({
      name: 'authn_login_fail',
      actor: user,
      target: user,
      request,
      detail,
    });
    return refusedField(form, field, 'This is not your current password.');
  }
  await forgetAttempts('password_change', keys);
  return null;
}
