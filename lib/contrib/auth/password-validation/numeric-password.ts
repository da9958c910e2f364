import { z } from 'zod';
import { ValidationError } from '@/lib/core/exceptions';
import { type PasswordRule, satisfies } from './rules';
import type { PasswordValidator } from './validator';

const Options = z.strictObject({});
const rule: PasswordRule = { kind: 'not-numeric' };

/**
 * Refuses digits only, of whatever script, code `password_entirely_numeric`.
 * Django: contrib/auth/password_validation.py NumericPasswordValidator
 */
export function numericPasswordValidator(options: unknown): PasswordValidator {
  Options.parse(options);
  return {
    rule,
    validate(password) {
      if (satisfies(rule, password)) return;
      const message = 'This password is made of digits only.';
      throw new ValidationError(message, 'password_entirely_numeric');
    },
    getHelpText: () => 'Not digits only.',
  };
}
