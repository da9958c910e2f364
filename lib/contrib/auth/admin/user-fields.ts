import { z } from 'zod';
import type { UserModel } from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { strip } from '@/lib/core/strip';
import { hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';

const REQUIRED = 'This field is required.';

/**
 * A name, an address or a required field of a user as the admin's forms take it: without space
 * around it, as the model's `clean` gives it, in code points no longer than its column. What is
 * blank is refused unless `isBlank`.
 * Django: contrib/auth/forms.py UsernameField; Field.clean
 */
export function userField(
  model: UserModel,
  field: string,
  { isBlank }: { isBlank: boolean },
): z.ZodType<unknown, string | undefined> {
  return z
    .string()
    .default('')
    .transform((typed) => cleanedOf(model, field, strip(typed)).value)
    .superRefine((value, context) => {
      // What is refused is still the text; what is taken is cleaned to itself.
      const error = typeof value === 'string' ? cleanedOf(model, field, value).error : undefined;
      const message = value === '' && !isBlank ? REQUIRED : error;
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    });
}

function cleanedOf(model: UserModel, field: string, text: string) {
  if (hasNul(text)) return { value: text, error: NULL_CHARACTERS };
  try {
    return { value: model.clean(field, text), error: undefined };
  } catch (error) {
    if (error instanceof ValidationError) return { value: text, error: error.message };
    throw error;
  }
}
