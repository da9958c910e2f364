import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';

/**
 * How many rows a form of several has, and how many of them were there when it was drawn; or what is
 * wrong with that.
 */
export type Management = { total: number; initial: number; errors: FieldErrors };

// Rows that a script may add to those that there may be, as Django has it.
const SPARE = 1000;

/**
 * Read how many rows a form of several rows says that it has. Never throws: what is missing, no number, or
 * too large is an error of these rows as a whole, and then there are none.
 * Django: forms/formsets.py ManagementForm, BaseFormSet.total_form_count
 */
export function readManagement(form: FormData, prefix: string, maxNum: number): Management {
  const names = [`${prefix}-TOTAL_FORMS`, `${prefix}-INITIAL_FORMS`];
  const missing = names.filter((name) => countIn(form, name) === null);
  const none = (message: string) => ({ total: 0, initial: 0, errors: { [prefix]: [message] } });
  if (missing.length > 0) {
    return none(
      `ManagementForm data is missing or has been tampered with. Missing fields: ${missing.join(', ')}. You may need to file a bug report if the issue persists.`,
    );
  }
  const [total = 0, initial = 0] = names.map((name) => countIn(form, name) ?? 0);
  return total > maxNum + SPARE ? none(tooManyForms(maxNum)) : { total, initial, errors: {} };
}

/** Django: BaseFormSet.full_clean */
export function tooManyForms(most: number): string {
  return `Please submit at most ${most} form${most === 1 ? '' : 's'}.`;
}

/** Django: BaseFormSet.full_clean */
export function tooFewForms(least: number): string {
  return `Please submit at least ${least} form${least === 1 ? '' : 's'}.`;
}

/** The last value of a field that a form holds, without blanks around it; '' for none. */
export function sentText(form: FormData, name: string): string {
  const text = form.getAll(name).at(-1);
  return typeof text === 'string' ? text.trim() : '';
}

/** Whether a box of a form is ticked. Django: CheckboxInput.value_from_datadict */
export function isTicked(form: FormData, name: string): boolean {
  return !['', 'false', 'False', '0'].includes(sentText(form, name));
}

function countIn(form: FormData, name: string): number | null {
  const text = sentText(form, name);
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
