import type { SafeString } from '@/lib/core/html';

/**
 * The property by which an element gets markup in place of children. The only one that may: it takes nothing
 * but what `formatHtml` has escaped.
 */
export function innerMarkup(markup: SafeString) {
  return { dangerouslySetInnerHTML: { __html: String(markup) } };
}
