const WORDS = /(?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+/gu;

/**
 * The words of a search; a phrase in double or single quotes is one. Inside quotes a backslash keeps
 * the quote.
 * Django: utils/text.py smart_split, unescape_string_literal
 */
export function searchWords(text: string): string[] {
  return (text.match(WORDS) ?? []).map((word) => {
    const quote = word.charAt(0);
    const isPhrase = (quote === '"' || quote === "'") && word.endsWith(quote);
    if (!isPhrase) return word;
    return word.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
  });
}
