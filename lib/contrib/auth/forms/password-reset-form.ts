import { z } from 'zod';
import { EMAIL_MAX_LENGTH, validateEmail } from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';
import { strip } from '@/lib/core/strip';
import { codePointLength, hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';

/** Beyond this Django does not look at an address any more. */
const ENDLESS = 320;

/**
 * The form that asks for a reset link: `email`, without space around it. Any address that can be
 * one passes: whether somebody has it is not this form's to say.
 * Django: contrib/auth/forms.py PasswordResetForm, forms.EmailField
 */
export const PasswordResetForm = z.object({
  email: z
    .string()
    .default('')
    .transform(strip)
    .superRefine((email, context) => {
      for (const message of problemsOf(email)) context.addIssue({ code: 'custom', message });
    }),
});

function problemsOf(email: string): string[] {
  if (email === '') return ['Enter your email address.'];
  if (hasNul(email)) return [NULL_CHARACTERS];
  const length = codePointLength(email);
  const problems = isAddress(email, length) ? [] : ['This is not a valid email address.'];
  if (length > EMAIL_MAX_LENGTH) {
    problems.push(`An email address has at most ${EMAIL_MAX_LENGTH} characters.`);
  }
  return problems;
}

function isAddress(email: string, length: number): boolean {
  if (length > ENDLESS) return false;
  try {
    validateEmail(email);
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return error.code === 'max_length';
    throw error;
  }
}
