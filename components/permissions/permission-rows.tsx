'use client';

import { type GlyphState, glyphHtml } from '@/components/permissions/glyph';
import { innerMarkup } from '@/components/permissions/inner-markup';
import { formatHtml, type SafeString } from '@/lib/core/html';

const rowGrid =
  'grid grid-cols-[1.5rem_minmax(0,1fr)] lg:grid-cols-[1.5rem_minmax(0,1fr)_17rem_9rem] lg:gap-x-3';

/** One permission: `app.codename`, its label, its sign, and what it comes from in words. */
export type PermissionRow = readonly [perm: string, name: string, state: GlyphState, from: string];

/**
 * Rows in which nothing ever changes, drawn as one text: there are hundreds of elements in them, of which
 * React would take each up again. A client component for the wire: the rows travel as values.
 */
export function PermissionRows({ rows }: { rows: readonly PermissionRow[] }) {
  return (
    <ul className="space-y-2 lg:space-y-1" {...innerMarkup(formatHtml`${rows.map(rowHtml)}`)} />
  );
}

function rowHtml([perm, name, state, from]: PermissionRow): SafeString {
  return formatHtml`<li class="${rowGrid}">
<span class="row-span-3 flex h-6 items-center lg:row-span-1">${glyphHtml(state)}</span>
<span class="leading-6">${name}</span>
<code class="text-sm text-muted lg:leading-6">${perm}</code>
<span class="text-sm text-muted lg:leading-6"><span class="sr-only">from </span>${from}</span>
</li>`;
}
