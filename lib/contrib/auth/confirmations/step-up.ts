import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import {
  keepSessionAfterUpgrade,
  ownPasswordTries,
} from '@/lib/contrib/auth/passwords/password-change';
import { logSecurityEvent } from '@/lib/extras/security-log/security-log';
import { forgetAttempts, reserveAttempt } from '@/lib/extras/throttling/attempts';
import { hasNul } from '@/lib/forms/fields';
import { type FormState, refusedField } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';

/** The field in which somebody gives their own password again. */
export const CONFIRM_FIELD = 'confirm_password';

const CONFIRMED_KEY = '_password_confirmed';

/**
 * Whether the person has shown who they are within settings.STEP_UP_AGE: by signing in, which is
 * when the session was made, or by giving their password again since.
 * OWASP ASVS 5.0 7.5.3
 */
export function isSignInFresh({ session }: HttpRequest<User>, now = Date.now()): boolean {
  const age = settings.STEP_UP_AGE;
  const confirmed = Number(session.get(CONFIRMED_KEY) ?? 0);
  const shown = Math.max(session.created?.getTime() ?? 0, confirmed);
  return age === null || now - shown < age * 1000;
}

/** What `confirmPassword` said against the password, for a form that shows only that. */
export function passwordError({ fieldErrors, formErrors }: FormState): string | undefined {
  return (fieldErrors[CONFIRM_FIELD] ?? formErrors)[0];
}

/**
 * Check the password that somebody gives again with a form. Null if it is theirs, which then counts
 * for settings.STEP_UP_AGE and gives the session a new key, so that what has been granted rests on
 * no cookie that somebody may have copied before; otherwise the form with what is wrong, all else
 * kept. Tries are counted with those at the old password of a change. For actions.
 * OWASP ASVS 5.0 7.2.4
 */
export async function confirmPassword(
  request: HttpRequest<User>,
  form: FormData,
): Promise<FormState | null> {
  const { user } = request;
  const password = form.get(CONFIRM_FIELD);
  if (!user.hasUsablePassword()) {
    return refusedField(form, CONFIRM_FIELD, 'You have no password here: sign in again to go on.');
  }
  if (typeof password !== 'string' || password === '') {
    const message = 'You signed in a while ago. Enter your own password to do this.';
    return refusedField(form, CONFIRM_FIELD, message);
  }
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
    return refusedField(form, CONFIRM_FIELD, 'This is not your current password.');
  }
  await forgetAttempts('password_change', keys);
  request.session.cycleKey();
  request.session.set(CONFIRMED_KEY, Date.now());
  return null;
}
