import { reserveAttempt, type ThrottleKind } from '@/lib/contrib/auth/sign-in/attempts';
import { type CodeKind, keepCode, type Tried } from '@/lib/extras/account/links/mailed-code';
import { type FormState, refusedField } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { after } from '@/lib/http/source/current-source';

type Mailed = { kind: CodeKind; counted: ThrottleKind; email: string; next?: string | null };

/** Count a mail to an address before it is sent. Gives the form that must wait, or null to go on. */
export async function countMail(
  request: HttpRequest,
  form: FormData,
  { counted, email }: Pick<Mailed, 'counted' | 'email'>,
): Promise<FormState | null> {
  const keys = { account: email, network: request.ipAddress };
  const attempt = await reserveAttempt(counted, keys, { request });
  return attempt.allowed ? null : throttledForm(attempt.retryAfter, form);
}

/**
 * Keep a code for this browser, and have `send` mail it when the answer, and its time, are out: only then
 * is asked who has the address, so that nobody can tell. Gives the form that must wait, or null.
 */
export async function askCode(
  request: HttpRequest,
  form: FormData,
  { kind, counted, email, next = null }: Mailed,
  send: (code: string) => Promise<void>,
): Promise<FormState | null> {
  const waiting = await countMail(request, form, { counted, email });
  if (waiting) return waiting;
  const code = keepCode(request.session, kind, { email, next });
  after(() => send(code));
  return null;
}

/** The form with a code that is not right; `instead` says what to do once it is worth nothing any more. */
export function refusedCode(
  form: FormData,
  kind: Exclude<Tried['kind'], 'right'>,
  instead: string,
): FormState {
  const words = {
    wrong: 'This is not the code that we mailed.',
    over: `This code is worth nothing any more. ${instead}`,
  };
  return refusedField(form, 'code', words[kind]);
}
