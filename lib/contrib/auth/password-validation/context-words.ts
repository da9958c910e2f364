import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import { ValidationError } from '@/lib/core/exceptions';
import type { PasswordSubject } from './subject';
import type { PasswordValidator } from './validator';

const Options = z.strictObject({ minRemaining: z.int().min(1).default(8) });

const MIN_WORD_LENGTH = 3;

/**
 * Refuses what is made mostly of settings.PASSWORD_CONTEXT_WORDS, the names of the hosts served, and
 * the user's own names and email address: fewer than `minRemaining` letters and digits, by default
 * 8, are left without them. Code `password_context_words`. In the preset `nist`.
 * NIST SP 800-63B-4, 3.1.1.2 (context-specific words); no counterpart in Django
 */
export function contextWordsValidator(options: unknown): PasswordValidator {
  const { minRemaining } = Options.parse(options);
  return {
    validate(password, user = {}) {
      const typed = password.toLowerCase();
      const rest = contextWords(user).reduce((text, word) => text.replaceAll(word, ' '), typed);
      const remaining = rest.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      if (rest === typed || remaining >= minRemaining) return;
      const message = 'This password is made mostly of your own names or of those of this site.';
      throw new ValidationError(message, 'password_context_words');
    },
    getHelpText: (whose) =>
      `Not made mostly of ${whose === 'other' ? 'their' : 'your'} own names or of this site's.`,
  };
}

/** The longest first, so that no word is broken by one that is a part of it. */
function contextWords({ username, firstName, lastName, email }: PasswordSubject): string[] {
  const origin = settings.APP_ORIGIN;
  const hosts = [...settings.ALLOWED_HOSTS, ...(origin === null ? [] : [new URL(origin).hostname])];
  const own = [username, firstName, lastName, email].filter((name) => name !== undefined);
  const texts = [...settings.PASSWORD_CONTEXT_WORDS, ...hosts, ...own];
  const words = texts.flatMap((text) => {
    const whole = text.toLowerCase();
    return [whole, ...whole.split(/[^\p{L}\p{N}]+/u)];
  });
  const long = new Set(words.filter((word) => [...word].length >= MIN_WORD_LENGTH));
  return [...long].sort((a, b) => b.length - a.length);
}
