import type { z } from 'zod';
import { ValidationError } from '@/lib/core/exceptions';

/**
 * What a form shows again after it was refused: what was typed (never a password), the errors of
 * each field and those of the form as a whole.
 */
export type FormState = {
  values: Record<string, string>;
  fieldErrors: Record<string, string[]>;
  formErrors: string[];
};

/** A form nobody has sent yet. */
export const emptyFormState: FormState = { values: {}, fieldErrors: {}, formErrors: [] };

/** Whether an action was called with the state of such a form: it can be shown again. */
export function isFormState(state: unknown): state is FormState {
  return (
    typeof state === 'object' &&
    state !== null &&
    'values' in state &&
    'fieldErrors' in state &&
    'formErrors' in state
  );
}

/** The parsed form, or the state to show it again with. */
export type ParsedForm<T> = { ok: true; data: T } | { ok: false; state: FormState };

/**
 * Check a form against a schema. A field sent several times counts once, the last time, as in
 * Django's QueryDict; files, which only a schema that asks `sentForm` sees, and Next's own `$ACTION`
 * fields are left out. Never throws for bad input.
 * Django: django/forms/forms.py Form.is_valid
 * @example
 * const parsed = parseForm(z.object({ title: textField({ max: 200 }) }), form);
 * if (!parsed.ok) return parsed.state;
 * const { title } = parsed.data;
 */
export function parseForm<S extends z.ZodType>(schema: S, form: FormData): ParsedForm<z.output<S>> {
  return judged(form, schema.safeParse(sentValues(form)));
}

/** The same for a schema that has to wait for something, such as the check of a password. */
export async function parseFormAsync<S extends z.ZodType>(
  schema: S,
  form: FormData,
): Promise<ParsedForm<z.output<S>>> {
  return judged(form, await schema.safeParseAsync(sentValues(form)));
}

function judged<T>(form: FormData, parsed: z.ZodSafeParseResult<T>): ParsedForm<T> {
  if (parsed.success) return { ok: true, data: parsed.data };
  const state = refusedForm(form);
  for (const { path, message } of parsed.error.issues) {
    const [field] = path;
    if (typeof field !== 'string') state.formErrors.push(message);
    else state.fieldErrors[field] = [...(state.fieldErrors[field] ?? []), message];
  }
  return { ok: false, state };
}

const SENT = Symbol('form');

/** The whole form, with its files, behind the values that a schema is given to check; null behind others. */
export function sentForm(values: unknown): FormData | null {
  if (typeof values !== 'object' || values === null) return null;
  const form: unknown = Reflect.get(values, SENT);
  return form instanceof FormData ? form : null;
}

function sentValues(form: FormData): object {
  return Object.defineProperty(formValues(form), SENT, { value: form });
}

/** The state of a form that is refused as a whole, with what was typed kept. */
export function refusedForm(form: FormData, ...formErrors: string[]): FormState {
  const typed = Object.entries(formValues(form)).filter(([name]) => !isSecretField(name));
  return { values: Object.fromEntries(typed), fieldErrors: {}, formErrors };
}

/**
 * The state of a form that is refused for one field, with what was typed kept.
 * @example
 * const isKnown = (await db.group.count({ where: { name: 'Editors' } })) > 0;
 * if (isKnown) return refusedField(form, 'name', 'A group of this name exists already.');
 */
export function refusedField(form: FormData, field: string, error: string): FormState {
  return { ...refusedForm(form), fieldErrors: { [field]: [error] } };
}

/**
 * Save what a form says. A ValidationError of `save` becomes the state to show the form again with:
 * at the field that it names, such as a unique one whose value is taken, or at the form as a whole.
 * Everything else that `save` throws goes on.
 * Django: ModelForm.save, and _post_clean, which makes errors of fields of what the model refuses
 * @example
 * const saved = await saveForm(form, () => users.createUser({ username: 'ada' }));
 * if (!saved.ok) return saved.state;
 */
export async function saveForm<T>(form: FormData, save: () => Promise<T>): Promise<ParsedForm<T>> {
  try {
    return { ok: true, data: await save() };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const { field, message } = error;
    const state = field ? refusedField(form, field, message) : refusedForm(form, message);
    return { ok: false, state };
  }
}

function formValues(form: FormData): Record<string, string> {
  const texts = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$ACTION') ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
}

function isSecretField(name: string): boolean {
  return /password|token|secret|^confirm_/i.test(name);
}
