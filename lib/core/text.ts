/**
 * The text with its first letter in upper case.
 * Django: utils/text.py capfirst
 */
export function capfirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
