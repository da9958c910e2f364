import type { PasswordSubject } from './subject';

type Limits = { maxSimilarity: number; userAttributes: readonly (keyof PasswordSubject)[] };

/**
 * The first of the attributes that a password resembles too much, whole or in one of its parts
 * between characters that belong to no word; null when there is none. Case does not count, nor does
 * the order of the characters.
 * Django: contrib/auth/password_validation.py UserAttributeSimilarityValidator.validate
 */
export function mostSimilarAttribute(
  password: string,
  user: PasswordSubject,
  { maxSimilarity, userAttributes }: Limits,
): keyof PasswordSubject | null {
  const typed = [...password.toLowerCase()];
  const isSimilar = (part: string) => {
    const characters = [...part];
    if (exceedsLengthRatio(typed.length, characters.length, maxSimilarity)) return false;
    return similarity(typed, characters) >= maxSimilarity;
  };
  const resembled = userAttributes.find((attribute) => {
    const value = user[attribute]?.toLowerCase();
    return value && [...value.split(/[^\p{L}\p{N}_]+/u), value].some(isSimilar);
  });
  return resembled ?? null;
}

/**
 * Twice the characters that two texts share, over those that they have: 0 to 1, and 1 for two empty
 * ones.
 * Python: difflib.SequenceMatcher.quick_ratio
 */
function similarity(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const available = new Map<string, number>();
  for (const character of b) available.set(character, (available.get(character) ?? 0) + 1);
  let shared = 0;
  for (const character of a) {
    const left = available.get(character) ?? 0;
    if (left === 0) continue;
    available.set(character, left - 1);
    shared += 1;
  }
  return (2 * shared) / (a.length + b.length);
}

// A part ten times shorter than the password cannot be similar enough; long passwords stay cheap.
function exceedsLengthRatio(typed: number, part: number, maxSimilarity: number): boolean {
  return typed >= 10 * part && part < (maxSimilarity / 2) * typed;
}
