import { RECENTS } from '@/components/admin/keyboard/recents-owner';
import type { PaletteItem } from '@/lib/apps/define-config';

const MOST = 5;

/** What this person went to last by the palette in this browser, the last first. */
export function recentsOf(who: string): PaletteItem[] {
  try {
    const kept = JSON.parse(window.localStorage.getItem(RECENTS) ?? '{}');
    return kept.who === who && Array.isArray(kept.items) ? kept.items.filter(isItem) : [];
  } catch {
    return [];
  }
}

/** Keep where somebody goes, in front of where they went before. */
export function keepRecent(who: string, item: PaletteItem): void {
  const others = recentsOf(who).filter(({ href }) => href !== item.href);
  const items = [item, ...others].slice(0, MOST);
  try {
    window.localStorage.setItem(RECENTS, JSON.stringify({ who, items }));
  } catch {
    // A browser that keeps nothing.
  }
}

function isItem(value: unknown): value is PaletteItem {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, label, detail, href } = { kind: 0, label: 0, detail: 0, href: 0, ...value };
  return [kind, label, detail, href].every((each) => typeof each === 'string');
}
