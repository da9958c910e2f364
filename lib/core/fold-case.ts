/**
 * A text as all spellings of it that a comparison without case may take for one another: NFKC, and
 * both directions, because some letters have two small forms and some two capital ones; the dot that
 * a Turkish capital I leaves behind is dropped.
 */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('\u0307', '');
}
