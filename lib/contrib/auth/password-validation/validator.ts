import type { PasswordRule } from './rules';
import type { PasswordSubject } from './subject';

/**
 * One rule for new passwords. A validator is one file in this folder and one line in the
 * registry of its index.
 * Django: docs/topics/auth/passwords "Writing your own validator"
 */
export interface PasswordValidator {
  /** What a browser can judge by itself, if anything. */
  readonly rule?: PasswordRule;
  /** Throws ValidationError, whose message is shown at the field, when the password breaks the rule. */
  validate(password: string, user?: PasswordSubject): void | Promise<void>;
  /**
   * One short sentence or phrase that tells the rule before a password is typed: to whose it is, or of
   * somebody else's.
   */
  getHelpText(whose?: 'own' | 'other'): string;
  /** Told each password that was stored, for a validator that keeps a history. */
  passwordChanged?(password: string, user: PasswordSubject): void | Promise<void>;
}
