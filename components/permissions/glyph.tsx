/** The states in which a permission is shown, wherever one is shown. */
export type GlyphState = 'granted' | 'group' | 'superuser' | 'empty' | 'void' | 'lock';

const glyphWords: Record<GlyphState, string> = {
  granted: 'Granted here',
  group: 'Through a group',
  superuser: 'Superuser, without being granted',
  empty: 'Not granted',
  void: 'Granted, but void: the account is inactive',
  lock: 'Not yours to grant',
};

const color: Record<GlyphState, string> = {
  granted: 'text-accent',
  group: 'text-accent',
  superuser: 'text-accent',
  empty: 'text-muted',
  void: 'text-muted',
  lock: 'text-muted',
};

/** One permission's state as a 12 px (or larger) sign; `label` replaces the words it is read and hovered with. */
export function Glyph({ state, label }: { state: GlyphState; label?: string }) {
  const words = label ?? glyphWords[state];
  return (
    <svg
      viewBox="0 0 16 16"
      role="img"
      aria-label={words}
      className={`inline-block size-3.5 shrink-0 ${color[state]}`}
    >
      <title>{words}</title>
      <GlyphShape state={state} />
    </svg>
  );
}

/** The sign itself, for who names it otherwise. */
export function GlyphShape({ state }: { state: GlyphState }) {
  switch (state) {
    case 'granted':
      return <circle cx="8" cy="8" r="6" fill="currentColor" />;
    case 'group':
      return <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2.5" />;
    case 'superuser':
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
          <circle cx="8" cy="8" r="6" />
          <path d="M4 9.6 9.6 4M6.4 12 12 6.4" />
        </g>
      );
    case 'empty':
      return <circle cx="8" cy="8" r="2.25" fill="currentColor" />;
    case 'lock':
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.5">
          <rect x="3.5" y="7.5" width="9" height="6" rx="1" fill="currentColor" />
          <path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5" />
        </g>
      );
    case 'void':
      return (
        <>
          <path
            d="M12.85 5.41A5.5 5.5 0 0 1 5.41 12.85ZM10.59 3.15A5.5 5.5 0 0 0 3.15 10.59Z"
            fill="currentColor"
          />
          <path
            d="M13.5 2.5 2.5 13.5"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        </>
      );
  }
}
