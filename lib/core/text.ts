/**
 * The text with its first letter in upper case.
 * Django: utils/text.py capfirst
 */
export function capfirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Texts as one list in a sentence, in the language of the pages: `a, b and c`.
 * Django: utils/text.py get_text_list
 */
export function getTextList(texts: readonly string[], last: 'and' | 'or' = 'and'): string {
  const type = last === 'and' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat('en-GB', { type }).format(texts);
}

// Blanks, marks of format, and the letters that Unicode draws as nothing: the fillers of Hangul and
// Khmer, Braille without dots, a note without a head.
const INVISIBLE =
  /^[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}\u{1d15a}]*$/u;

/**
 * Whether nothing of a text can be seen, or hit as a link: it is empty, blank, or made of what is
 * drawn as nothing.
 * Django: utils/text.py and contrib/admin, where a name of blanks is one (ticket 36114)
 */
export function isInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

/**
 * A name as pages show it: itself, or a dash where nothing of it could be seen.
 * Django: contrib/admin/options.py empty_value_display; "-" since 6.0 for a blank __str__
 */
export function visibleText(text: string): string {
  return isInvisible(text) ? '–' : text;
}

// As many as a person reads; a group may hold hundreds.
const NAMED = 10;
const FEW = 5;

/** Names as an English list, the first ten of them. */
export function someOf(names: readonly string[]): string {
  const rest = names.length - NAMED;
  const shown = rest > 1 ? [...names.slice(0, NAMED), `${rest} more`] : names;
  return getTextList(shown);
}

/** Refusals of many people, each once and the first five of them: they have to fit a message. */
export function fewOf(refusals: Iterable<string>): string[] {
  const texts = [...new Set(refusals)];
  const rest = texts.length - FEW;
  return rest > 1 ? [...texts.slice(0, FEW), `And ${rest} more were refused.`] : texts;
}
