'use client';

import { Glyph, type GlyphState } from '@/components/permissions/glyph';

const rowGrid =
  'grid grid-cols-[1.5rem_minmax(0,1fr)] lg:grid-cols-[1.5rem_minmax(0,1fr)_17rem_9rem] lg:gap-x-3';

/** One permission: `app.codename`, its label, its sign, and what it comes from in words. */
export type PermissionRow = readonly [perm: string, name: string, state: GlyphState, from: string];

/**
 * A client component only for the wire: its rows travel as data. As a server component each row
 * would be sent twice, as markup and as the tree that React builds again from it.
 */
export function PermissionRows({ rows }: { rows: readonly PermissionRow[] }) {
  return (
    <ul className="space-y-2 lg:space-y-1">
      {rows.map(([perm, name, state, from]) => (
        <li key={perm} className={rowGrid}>
          <span className="row-span-3 flex h-6 items-center lg:row-span-1">
            <Glyph state={state} />
          </span>
          <span className="leading-6">{name}</span>
          <code className="text-sm text-muted lg:leading-6">{perm}</code>
          <span className="text-sm text-muted lg:leading-6">
            <span className="sr-only">from </span>
            {from}
          </span>
        </li>
      ))}
    </ul>
  );
}
