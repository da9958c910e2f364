/**
 * A text without the white space around it, by Python's notion: U+001C to U+001F count, the byte
 * order mark does not, and both are the other way round in JavaScript's `trim`.
 * Django: str.strip, as forms.CharField and normalize_email use it
 */
export function strip(text: string): string {
  const characters = [...text];
  const start = characters.findIndex((character) => !isSpace(character));
  const end = characters.findLastIndex((character) => !isSpace(character));
  return start === -1 ? '' : characters.slice(start, end + 1).join('');
}

function isSpace(character: string): boolean {
  return /\p{White_Space}/u.test(character) || (character >= '\x1c' && character <= '\x1f');
}
