import { ZodError } from 'zod';
import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured, ValidationError } from '@/lib/core/exceptions';
import { commonPasswordValidator } from './common-password';
import { contextWordsValidator } from './context-words';
import { minimumLengthValidator } from './minimum-length';
import { numericPasswordValidator } from './numeric-password';
import type { PasswordRule } from './rules';
import type { PasswordSubject } from './subject';
import { userAttributeSimilarityValidator } from './user-attribute-similarity';
import type { PasswordValidator } from './validator';

/** A help text and, where a browser can judge it, the rule that it tells. */
export type PasswordHelp = { text: string; rule: PasswordRule | null };

type Make = (options: unknown) => PasswordValidator;

const registry = new Map<string, Make>([
  ['UserAttributeSimilarityValidator', userAttributeSimilarityValidator],
  ['MinimumLengthValidator', minimumLengthValidator],
  ['CommonPasswordValidator', commonPasswordValidator],
  ['NumericPasswordValidator', numericPasswordValidator],
  ['ContextWordsValidator', contextWordsValidator],
]);

const PRESETS = {
  nist: [
    { NAME: 'MinimumLengthValidator', OPTIONS: { minLength: 15 } },
    { NAME: 'CommonPasswordValidator' },
    { NAME: 'ContextWordsValidator' },
  ],
};

/**
 * Make a validator known by a name that `settings.AUTH_PASSWORD_VALIDATORS` may list; `make` gets
 * its OPTIONS. A project adds its validator to the list above; tests register, and put back with
 * what this returns.
 * Django: AUTH_PASSWORD_VALIDATORS (dotted paths there)
 */
export function registerPasswordValidator(name: string, make: Make): () => void {
  const former = registry.get(name);
  registry.set(name, make);
  return () => {
    if (former) registry.set(name, former);
    else registry.delete(name);
  };
}

/**
 * The validators of `settings.AUTH_PASSWORD_VALIDATORS`, in order; none is allowed.
 * Throws ImproperlyConfigured for a name that nobody registered and for options that do not fit.
 * Django: contrib/auth/password_validation.py get_password_validators
 */
export function getPasswordValidators(): PasswordValidator[] {
  const chosen = settings.AUTH_PASSWORD_VALIDATORS;
  const listed: readonly { NAME: string; OPTIONS?: object }[] =
    typeof chosen === 'string' ? PRESETS[chosen] : chosen;
  return listed.map(({ NAME, OPTIONS = {} }) => {
    const make = registry.get(NAME);
    if (make) return configured(NAME, () => make(OPTIONS));
    const known = [...registry.keys()].join(', ');
    throw new ImproperlyConfigured(`AUTH_PASSWORD_VALIDATORS names "${NAME}"; known are ${known}.`);
  });
}

/**
 * What is wrong with a new password, in the words and the order of the validators; nothing if all of
 * them are content. For forms and commands: neither `setPassword` nor `createUser` asks.
 * Django: contrib/auth/password_validation.py validate_password (which raises)
 */
export async function validatePassword(
  password: string,
  user?: PasswordSubject,
): Promise<string[]> {
  return (await passwordErrors(password, user)).map(({ message }) => message);
}

/** The same with the code of each, such as `password_too_short`. */
export async function passwordErrors(
  password: string,
  user?: PasswordSubject,
): Promise<ValidationError[]> {
  const errors: ValidationError[] = [];
  for (const validator of getPasswordValidators()) {
    try {
      await validator.validate(password, user);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      errors.push(error);
    }
  }
  return errors;
}

/**
 * Tell every validator that wants to know that this password was stored. `User.save` calls it.
 * Django: contrib/auth/password_validation.py password_changed
 */
export async function passwordChanged(password: string, user: PasswordSubject): Promise<void> {
  for (const validator of getPasswordValidators())
    await validator.passwordChanged?.(password, user);
}

/**
 * What a new password must satisfy, one text for each validator.
 * Django: contrib/auth/password_validation.py password_validators_help_texts
 */
export function passwordValidatorsHelpTexts(): string[] {
  return passwordHelp().map(({ text }) => text);
}

/**
 * The same with the rules that the browser can tick off; for `components/forms/new-password-field`. Of
 * the password of somebody else where `whose` says so.
 */
export function passwordHelp(whose: 'own' | 'other' = 'own'): PasswordHelp[] {
  return getPasswordValidators().map((validator) => ({
    text: validator.getHelpText(whose),
    rule: validator.rule ?? null,
  }));
}

function configured(name: string, make: () => PasswordValidator): PasswordValidator {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    const option = issue?.path.length ? ` ${issue.path.join('.')}` : '';
    throw new ImproperlyConfigured(`The options of ${name}:${option} ${issue?.message}`);
  }
}
