const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/**
 * A text as it stands in HTML, between tags and in an attribute within quotation marks of either kind.
 * Django: utils/html.py escape
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * Markup, as opposed to a text that is still to be escaped. `formatHtml` makes it; made by hand it stands as it is.
 * Django: utils/safestring.py SafeString, mark_safe
 */
export class SafeString {
  readonly #markup: string;

  /** Not for anything that came from outside. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What a template takes in: a text is escaped, markup stands as it is, of several one after the other. */
type Part = string | SafeString | readonly SafeString[];

/**
 * Markup from a template, in which every text is escaped, between tags and in quoted attributes.
 * Django: utils/html.py format_html, format_html_join
 * @example
 * String(formatHtml`<b title="${user.username}">${user.username}</b>`);
 */
export function formatHtml(markup: TemplateStringsArray, ...parts: readonly Part[]): SafeString {
  let html = markup[0] ?? '';
  for (const [i, part] of parts.entries()) html += asMarkup(part) + (markup[i + 1] ?? '');
  return new SafeString(html);
}

function asMarkup(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part);
  return part instanceof SafeString ? part.toString() : part.map(asMarkup).join('');
}
