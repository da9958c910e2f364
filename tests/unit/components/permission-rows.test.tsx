import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Glyph, type GlyphState, glyphHtml } from '@/components/permissions/glyph';
import { type PermissionRow, PermissionRows } from '@/components/permissions/permission-rows';

const STATES: readonly GlyphState[] = ['granted', 'group', 'superuser', 'empty', 'void', 'lock'];
const HOSTILE = `</code><img src=x onerror="alert('1')"> & <!--`;

describe('a row of permissions', () => {
  it.each(STATES)('has the sign that is drawn elsewhere: %s', (state) => {
    expect(String(glyphHtml(state))).toBe(renderToStaticMarkup(<Glyph state={state} />));
  });

  it('says what it was given, as React would', () => {
    const rows: PermissionRow[] = [
      ['shop.add_order', 'Can add “order”', 'group', 'the group Größe, 🙂'],
      [HOSTILE, HOSTILE, 'granted', HOSTILE],
    ];
    const markup = renderToStaticMarkup(<PermissionRows rows={rows} />);
    for (const [perm, name, , from] of rows) {
      const texts = renderToStaticMarkup(
        <>
          <code>{perm}</code>
          <b>{name}</b>
          <i>{from}</i>
        </>,
      );
      const [code, label, source] = [...texts.matchAll(/>([^<]*)<\//g)].map(([, text]) => text);
      expect(markup).toContain(`<code class="text-sm text-muted lg:leading-6">${code}</code>`);
      expect(markup).toContain(`<span class="leading-6">${label}</span>`);
      expect(markup).toContain(`<span class="sr-only">from </span>${source}</span>`);
    }
    expect(markup).not.toContain('<img');
    expect(markup.match(/<li /g)).toHaveLength(2);
  });
});
