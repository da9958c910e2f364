import { formatHtml, type SafeString } from '@/lib/core/html';

/** A paragraph, or a link on a line of its own; `strong` sets the link apart as what to do. */
export type LetterPart = string | { label: string; href: string; strong?: boolean };

const BODY = 'margin:0;padding:32px 16px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere';
const BUTTON =
  'display:inline-block;padding:10px 16px;border-radius:6px;background:#1f5c42;color:#ffffff;' +
  'font-weight:600;text-decoration:none';

/**
 * A letter as plain text and as HTML, from one list of parts, so that both say the same. The HTML
 * loads nothing from anywhere and leaves colours to the reader's own light or dark; every text is
 * escaped.
 */
export function writeLetter(
  title: string,
  parts: readonly LetterPart[],
): { text: string; html: string } {
  return { text: `${parts.map(asText).join('\n\n')}\n`, html: asDocument(title, parts) };
}

function asText(part: LetterPart): string {
  return typeof part === 'string' ? part : `${part.label}:\n${part.href}`;
}

function asDocument(title: string, parts: readonly LetterPart[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    formatHtml`<title>${title}</title>`,
    '</head>',
    `<body style="${BODY}">`,
    '<div style="max-width:32rem;margin:0 auto">',
    ...parts.map(asHtml),
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function asHtml(part: LetterPart): SafeString {
  if (typeof part === 'string') return formatHtml`<p style="margin:0 0 16px">${part}</p>`;
  const { href, label } = part;
  if (!part.strong) {
    return formatHtml`<p style="margin:0 0 16px">${label}:<br>
<a href="${href}">${href}</a></p>`;
  }
  return formatHtml`<p style="margin:0 0 16px"><a href="${href}" style="${BUTTON}">${label}</a></p>
<p style="margin:0 0 16px;font-size:14px">${href}</p>`;
}
