// What one letter outside ASCII may be folded to: two letters, or one with its marks apart.
const SEVERAL = /s{2,}\p{M}*|\p{Script=Greek}ι\p{M}*|եւ|.\p{M}+/gu;

/**
 * The LIKE pattern, escaped by a backslash, that finds every username which `foldCase` folds to this
 * text, and others besides, in a column whose ASCII letters are made capital. A letter outside ASCII
 * may be any: databases do not know its other case. So may an i, which some of those are folded to.
 */
export function spellingsPattern(folded: string): string {
  return folded
    .replace(/[\\%_]/g, '\\$&')
    .replace(SEVERAL, '%')
    .replace(/i|[^\0-\x7f]/gu, '_')
    .toUpperCase();
}
