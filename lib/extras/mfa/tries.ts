import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { forgetAttempts, reserveAttempt, userAccount } from '@/lib/contrib/auth/sign-in/attempts';
import { type FormState, refusedForm } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';
import { factorKinds } from './factors/kinds';
import { sendFailedFactorMail } from './mails/failed-factor-mail';

/** By what somebody has proven themselves, or the form to be shown again. */
type Proven = { readonly method: string } | { readonly refused: FormState };

/** What a proof was for, as the log says it. */
type Purpose = 'signing in' | 'confirming';

// Wrong ones after a right first factor, of which the owner is told.
const TOLD_AFTER = 3;

const NOTHING_GIVEN = 'Enter a code from your authenticator app, or a recovery code.';
const WRONG: Readonly<Record<string, string>> = {
  code: 'That is not right, or has been used already. Wait for the next code.',
  credential: 'This passkey was not right here. Try again.',
};

/**
 * Look at the second factor that a form gives, in the fields of the kinds or, in a confirmation, in
 * those with `prefix` before their names. Each try is counted before it is looked at, by the person
 * and the network; the third wrong one tells the owner by mail. What was given is never shown again.
 * OWASP ASVS 5.0 6.3.1, 6.3.5
 */
export async function proveFactor(
  request: HttpRequest,
  user: User,
  form: FormData,
  { purpose, prefix = '' }: { purpose: Purpose; prefix?: string },
): Promise<Proven> {
  const fields = [...new Set(factorKinds().map(({ field }) => field.name))];
  const field = fields.find((name) => textOf(form, prefix + name) !== '');
  if (field === undefined) return refuse(form, prefix + (fields[0] ?? 'code'), NOTHING_GIVEN);
  const keys = { account: userAccount(user.id), network: request.ipAddress };
  const target = { id: user.id, username: user.username };
  const attempt = await reserveAttempt('mfa', keys, { request, target });
  if (!attempt.allowed) return { refused: withoutProofs(throttledForm(attempt.retryAfter, form)) };
  const value = textOf(form, prefix + field);
  for (const kind of factorKinds().filter((each) => each.field.name === field)) {
    if (!(await kind.accept({ user, value, request }))) continue;
    await forgetAttempts('mfa', keys);
    return { method: kind.method };
  }
  const detail = { reason: `second factor, ${purpose}`, method: field };
  await logSecurityEvent({ name: 'authn_login_fail', target, request, detail });
  if (attempt.tries === TOLD_AFTER && purpose === 'signing in') {
    const told = { when: new Date(), ipAddress: request.ipAddress, origin: siteOrigin(request) };
    after(() => sendFailedFactorMail(user, told));
  }
  return refuse(form, prefix + field, WRONG[field] ?? 'That is not right.');
}

/** A state of a form without any code, credential or ticket in it. */
export function withoutProofs(state: FormState): FormState {
  const isProof = (name: string) => /^(confirm_)?(code|credential|ticket)$/.test(name);
  const kept = Object.entries(state.values).filter(([name]) => !isProof(name));
  return { ...state, values: Object.fromEntries(kept) };
}

function refuse(form: FormData, field: string, message: string): { refused: FormState } {
  const state = withoutProofs(refusedForm(form));
  return { refused: { ...state, fieldErrors: { [field]: [message] } } };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
