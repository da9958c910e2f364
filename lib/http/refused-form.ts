import type { ServiceUnavailable } from '@/lib/core/exceptions';
import { describeWait } from '@/lib/core/wait';
import { unavailable } from '@/lib/db/faults';
import { type FormState, refusedForm } from '@/lib/forms/forms';
import { currentSource } from './source/current-source';

/**
 * Refuse a form on the form itself, with a status and, in seconds, a Retry-After: what was typed
 * stays (never a password), and `message` is the error of the form as a whole. For actions.
 */
export function refusedFormWith(
  { status, retryAfter }: { status: number; retryAfter?: number },
  form: FormData,
  message: string,
): FormState {
  currentSource().setStatus(status, retryAfter);
  return refusedForm(form, message);
}

/**
 * Refuse a form that was sent too often, with 429: it says when to come back, in `retryAfter`
 * seconds, and what helps meanwhile.
 */
export function throttledForm(retryAfter: number, form: FormData, meanwhile = ''): FormState {
  const message = `Too many tries. Try again ${describeWait(retryAfter)}. ${meanwhile}`.trim();
  return refusedFormWith({ status: 429, retryAfter }, form, message);
}

/** Refuse a form whose work cannot be taken on now, with 503: it says when to send it again. */
export function busyForm(busy: ServiceUnavailable, form: FormData): FormState {
  return refusedFormWith(busy, form, `${busy.message} Try again ${describeWait(busy.retryAfter)}.`);
}

/** The same for an error of the database's; null for another error. */
export function unavailableForm(error: unknown, form: FormData): FormState | null {
  const busy = unavailable(error);
  return busy && busyForm(busy, form);
}
