import type { AdminLink } from '@/lib/apps/define-config';
import type { AdminApp } from '@/lib/contrib/admin/sites';
import { capfirst } from '@/lib/core/text';
import './rail-place';

/** A part of the rail; without a title where that would repeat the only thing below it. */
export type RailSection = {
  title: string | null;
  entries: { href: string; label: string }[];
};

// In the order of what people do; what apps call otherwise comes after it, the content last.
const FIRST = ['People', 'Access', 'Activity'];
const CONTENT = 'Content';

type Placed = { section: string; order: number; href: string; label: string };

/**
 * The rail of the admin: what each model and page declares in `rail` says below which heading it
 * stands. Models that say nothing are content, those of an app with several below the app's name.
 * Django: admin/nav_sidebar.html, by app
 */
export function railOf(apps: readonly AdminApp[], links: readonly AdminLink[]): RailSection[] {
  const placed = [...apps.flatMap(placedModels), ...links.map(placedLink)];
  const titles = [...new Set(placed.map(({ section }) => section))];
  return titles.sort(byPlace).map((title) => {
    const entries = placed
      .filter(({ section }) => section === title)
      .sort((one, other) => one.order - other.order)
      .map(({ href, label }) => ({ href, label }));
    const isRepeated = entries.length === 1 && entries[0]?.label === title;
    return { title: title === '' || isRepeated ? null : title, entries };
  });
}

function placedModels({ name, models }: AdminApp): Placed[] {
  const unplaced = models.filter(({ admin }) => !admin.options.rail);
  const section = unplaced.length > 1 ? name : CONTENT;
  return models.map(({ admin: { meta, options } }) => ({
    order: 0,
    section,
    ...options.rail,
    href: `/admin/${meta.appLabel}/${meta.modelName}/`,
    label: capfirst(meta.verboseNamePlural),
  }));
}

function placedLink({ href, label, rail }: AdminLink): Placed {
  return { order: 0, section: '', ...rail, href, label };
}

function byPlace(one: string, other: string): number {
  return placeOf(one) - placeOf(other) || one.localeCompare(other, 'en');
}

function placeOf(title: string): number {
  if (title === '') return -1;
  const place = FIRST.indexOf(title);
  if (place >= 0) return place;
  return title === CONTENT ? FIRST.length + 1 : FIRST.length;
}
