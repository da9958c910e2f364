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
