import { describe, expect, it } from 'vitest';
import { escapeHtml } from '@/lib/core/html';

describe('escapeHtml', () => {
  it('leaves nothing that opens a tag, ends an attribute or begins an entity', () => {
    expect(escapeHtml(`<a b="c" d='e'>&amp;`)).toBe(
      '&lt;a b=&quot;c&quot; d=&#x27;e&#x27;&gt;&amp;amp;',
    );
    expect(escapeHtml('Grüße, 🙂')).toBe('Grüße, 🙂');
  });
});
