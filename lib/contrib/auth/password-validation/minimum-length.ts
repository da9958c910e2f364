import { z } from 'zod';
import { ValidationError } from '@/lib/core/exceptions';
import { type PasswordRule, satisfies } from './rules';
import type { PasswordValidator } from './validator';

const Options = z.strictObject({ minLength: z.int().min(1).default(8) });

/**
 * Refuses fewer than `minLength` code points, by default 8, code `password_too_short`.
 * Django: contrib/auth/password_validation.py MinimumLengthValidator
 */
export function minimumLengthValidator(options: unknown): PasswordValidator {
  const { minLength } = Options.parse(options);
  const rule: PasswordRule = { kind: 'length', minLength };
  const length = minLength === 1 ? '1 character' : `${minLength} characters`;
  return {
    rule,
    validate(password) {
      if (satisfies(rule, password)) return;
      const message = `This password is too short: it needs at least ${length}.`;
      throw new ValidationError(message, 'password_too_short');
    },
    getHelpText: () => `At least ${length}.`,
  };
}
