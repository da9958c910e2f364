import type { GlyphState } from '@/components/permissions/glyph';
import type { Source } from '@/lib/contrib/auth/permissions/sources';
import { untilWords } from '@/lib/contrib/auth/permissions/timed-grants';
import { visibleText } from '@/lib/core/text';

const strength: Record<Source['kind'], number> = { direct: 3, group: 2, superuser: 1, backend: 0 };
const states: Record<Source['kind'], GlyphState> = {
  direct: 'granted',
  group: 'group',
  superuser: 'superuser',
  backend: 'granted',
};

/** The sign of a permission with these sources: the nearest one's, an own grant before a group's. */
export function glyphOf(sources: readonly Source[]): GlyphState {
  const [nearest] = sources.toSorted((a, b) => strength[b.kind] - strength[a.kind]);
  return nearest ? states[nearest.kind] : 'empty';
}

/** Where a permission comes from, in a few words. */
export function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'superuser':
      return 'Superuser';
    case 'direct':
      return `Directly${endOf(source)}`;
    case 'group':
      return `${visibleText(source.name)}${endOf(source)}`;
    case 'backend':
      return `${source.backend}: ${source.reason}`;
  }
}

function endOf(source: Source): string {
  return 'timed' in source && source.timed ? `, ${untilWords(source.timed)}` : '';
}
