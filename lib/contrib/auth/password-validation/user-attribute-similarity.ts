import { z } from 'zod';
import { ValidationError } from '@/lib/core/exceptions';
import { mostSimilarAttribute } from './similarity';
import type { PasswordSubject } from './subject';
import type { PasswordValidator } from './validator';

const ATTRIBUTES = ['username', 'firstName', 'lastName', 'email'] as const;

const Options = z.strictObject({
  userAttributes: z.array(z.enum(ATTRIBUTES)).default([...ATTRIBUTES]),
  maxSimilarity: z.number().min(0.1).default(0.7),
});

const WORDS: Record<keyof PasswordSubject, string> = {
  username: 'username',
  firstName: 'first name',
  lastName: 'last name',
  email: 'email address',
};

/**
 * Refuses what resembles the user's own names, code `password_too_similar`. Options: `userAttributes`
 * and `maxSimilarity`, 0.1 to 1, by default 0.7. Without a user nothing is refused.
 * Django: contrib/auth/password_validation.py UserAttributeSimilarityValidator
 */
export function userAttributeSimilarityValidator(options: unknown): PasswordValidator {
  const limits = Options.parse(options);
  return {
    rule: { kind: 'similarity', ...limits },
    validate(password, user) {
      const attribute = user ? mostSimilarAttribute(password, user, limits) : null;
      if (attribute === null) return;
      const message = `This password is too similar to the ${WORDS[attribute]}.`;
      throw new ValidationError(message, 'password_too_similar');
    },
    getHelpText: (whose) =>
      `Not too similar to ${whose === 'other' ? 'their' : 'your'} name, username or email address.`,
  };
}
