/** A layer of the house: whose files it holds, and what else they may name. */
export type Layer = {
  /** Folders or files, as paths from the root; the longest that fits says where a file belongs. */
  at: readonly string[];
  /** Paths beyond the lower layers that its files may import. */
  also?: readonly string[];
  /** Whether its files may import Next.js; everything else runs under plain Node. */
  knowsNext?: boolean;
  /** Whether its files may import Prisma and the drivers. */
  knowsPrisma?: boolean;
};

/**
 * The layers of `lib`, from the lowest to the highest: each may import those before it and itself,
 * never one after it, type-only imports included. `npx tsx scripts/write-layers.ts` makes
 * `biome.layers.json` of it, which tells whoever writes; tests/unit/tools tell the rest.
 */
export const LAYERS: readonly Layer[] = [
  { at: ['lib/conf'] },
  { at: ['lib/core'] },
  { at: ['lib/dispatch'] },
  { at: ['lib/apps'] },
  { at: ['lib/forms'] },
  { at: ['lib/db'], also: ['lib/generated'], knowsPrisma: true },
  { at: ['lib/middleware'] },
  { at: ['lib/http'], also: ['components/pages'], knowsNext: true },
  { at: ['lib/contrib/contenttypes'] },
  { at: ['lib/contrib/sessions'] },
  { at: ['lib/contrib/messages'] },
  { at: ['lib/contrib/auth'], also: ['lib/generated/model-meta'] },
  { at: ['lib/contrib/admin'], also: ['lib/generated/model-meta'] },
  // As in Django: an app's own `admin` module stands on the admin, the rest of the app below it; its
  // config names both.
  { at: ['lib/contrib/*/admin', 'lib/contrib/*/config'] },
  { at: ['lib/extras'] },
  { at: ['lib/site'] },
];

/** Commands are entry points, as `manage.ts` is: they may import all of lib but what serves pages. */
export function isCommand(file: string): boolean {
  return /^lib\/.+\/management\/commands\/[^/]+\.ts$/.test(file);
}

/** Which layer a file of lib belongs to, as an index of LAYERS; null when to none. */
export function layerOf(file: string): number | null {
  const module = file.replace(/\.tsx?$/, '');
  const fitting = LAYERS.flatMap(({ at }, index) =>
    at
      .filter((place) => lies(module, place))
      .map((place) => ({ index, depth: place.split('/').length })),
  );
  return fitting.toSorted((one, other) => other.depth - one.depth)[0]?.index ?? null;
}

function lies(module: string, place: string): boolean {
  const parts = module.split('/');
  return place.split('/').every((part, i) => part === '*' || part === parts[i]);
}
