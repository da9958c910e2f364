import { mostSimilarAttribute } from './similarity';
import type { PasswordSubject } from './subject';

/**
 * What can be judged from the password and the form alone, and therefore in the browser too, while
 * it is typed. Plain data, so that a page can hand it to a client component.
 */
export type PasswordRule =
  | { kind: 'length'; minLength: number }
  | { kind: 'not-numeric' }
  | { kind: 'similarity'; maxSimilarity: number; userAttributes: (keyof PasswordSubject)[] };

/** Whether a password satisfies a rule; the same answer in the browser and on the server. */
export function satisfies(
  rule: PasswordRule,
  password: string,
  user: PasswordSubject = {},
): boolean {
  if (rule.kind === 'length') return [...password].length >= rule.minLength;
  if (rule.kind === 'not-numeric') return !isDigits(password);
  return mostSimilarAttribute(password, user, rule) === null;
}

// Python's isdigit: decimal digits of every script, and superscripts, subscripts and circled ones;
// no fractions and no Roman numerals.
const DIGITS =
  /^[\p{Nd}²³¹\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u;

function isDigits(text: string): boolean {
  return DIGITS.test(text);
}
