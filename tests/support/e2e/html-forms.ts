/** A form of a page as a script without a browser sees it: its fields, in order, with their values. */
export type HtmlForm = { fields: [name: string, value: string][] };

/** The forms in the main part of a page that post to it by a server action. */
export function formsOf(html: string): HtmlForm[] {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  return [...main.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/g)].map(([, inner = '']) => ({
    fields: [...inner.matchAll(/<(?:input|textarea|button)\b[^>]*>/g)].flatMap(([tag]) => {
      const name = attribute(tag, 'name');
      return name === null ? [] : [[name, attribute(tag, 'value') ?? ''] as [string, string]];
    }),
  }));
}

/** A multipart body of these parts, byte for byte. */
export function multipart(parts: readonly [name: string, value: string | Buffer][]): {
  headers: Record<string, string>;
  body: Buffer;
} {
  const boundary = 'gatehouse-boundary';
  const chunks = parts.flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    typeof value === 'string' ? Buffer.from(value) : value,
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  if (value === undefined) return null;
  return value.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
}
