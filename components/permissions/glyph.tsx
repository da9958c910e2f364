import { innerMarkup } from '@/components/permissions/inner-markup';
import { formatHtml, type SafeString } from '@/lib/core/html';

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

// Markup, since a list of permissions is drawn as one text: `permission-rows.tsx`.
const shapes: Record<GlyphState, SafeString> = {
  granted: formatHtml`<circle cx="8" cy="8" r="6" fill="currentColor"></circle>`,
  group: formatHtml`<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2.5"></circle>`,
  superuser: formatHtml`<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"><circle cx="8" cy="8" r="6"></circle><path d="M4 9.6 9.6 4M6.4 12 12 6.4"></path></g>`,
  empty: formatHtml`<circle cx="8" cy="8" r="2.25" fill="currentColor"></circle>`,
  void: formatHtml`<path d="M12.85 5.41A5.5 5.5 0 0 1 5.41 12.85ZM10.59 3.15A5.5 5.5 0 0 0 3.15 10.59Z" fill="currentColor"></path><path d="M13.5 2.5 2.5 13.5" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"></path>`,
  lock: formatHtml`<g fill="none" stroke="currentColor" stroke-width="1.5"><rect x="3.5" y="7.5" width="9" height="6" rx="1" fill="currentColor"></rect><path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"></path></g>`,
};

const look = (state: GlyphState) => `inline-block size-3.5 shrink-0 ${color[state]}`;

/** One permission's state as a 12 px (or larger) sign; `label` replaces the words it is read and hovered with. */
export function Glyph({ state, label }: { state: GlyphState; label?: string }) {
  const words = label ?? glyphWords[state];
  return (
    <svg
      viewBox="0 0 16 16"
      role="img"
      aria-label={words}
      className={look(state)}
      {...innerMarkup(inside(state, words))}
    />
  );
}

/** The same sign as markup. */
export function glyphHtml(state: GlyphState): SafeString {
  const words = glyphWords[state];
  return formatHtml`<svg viewBox="0 0 16 16" role="img" aria-label="${words}" class="${look(state)}">${inside(state, words)}</svg>`;
}

function inside(state: GlyphState, words: string): SafeString {
  return formatHtml`<title>${words}</title>${shapes[state]}`;
}

/** The sign itself, for who names it otherwise. */
export function GlyphShape({ state }: { state: GlyphState }) {
  return <g {...innerMarkup(shapes[state])} />;
}
