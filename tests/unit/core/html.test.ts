import { describe, expect, it } from 'vitest';
import { escapeHtml, formatHtml, SafeString } from '@/lib/core/html';

describe('escapeHtml', () => {
  it('leaves nothing that opens a tag, ends an attribute or begins an entity', () => {
    expect(escapeHtml(`<a b="c" d='e'>&amp;`)).toBe(
      '&lt;a b=&quot;c&quot; d=&#x27;e&#x27;&gt;&amp;amp;',
    );
    expect(escapeHtml('Grüße, 🙂')).toBe('Grüße, 🙂');
  });
});

describe('formatHtml', () => {
  it('escapes every text, in an attribute too, and takes markup as it is', () => {
    const hostile = `"><script>'&`;
    const inner = formatHtml`<b title="${hostile}">${hostile}</b>`;
    const escaped = '&quot;&gt;&lt;script&gt;&#x27;&amp;';
    expect(String(inner)).toBe(`<b title="${escaped}">${escaped}</b>`);
    expect(String(formatHtml`<p>${inner}, ${[inner, inner]}</p>`)).toBe(
      `<p>${inner}, ${inner}${inner}</p>`,
    );
    expect(String(formatHtml`<p></p>`)).toBe('<p></p>');
  });

  it('knows markup by who made it, and not by what it looks like', () => {
    const posing = { toString: () => '<script>' };
    // @ts-expect-error: neither a text nor markup
    expect(() => formatHtml`${posing}`).toThrow(TypeError);
    // @ts-expect-error: several texts
    expect(String(formatHtml`${['<script>']}`)).toBe('&lt;script&gt;');
    expect(String(formatHtml`${new SafeString('<hr>')}`)).toBe('<hr>');
  });
});
