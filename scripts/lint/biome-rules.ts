import { EXCEPTIONS } from './exceptions';
import { LAYERS, type Layer, layerOf } from './layers';

type Pattern = { group: string[]; message: string };
type Override = { includes: string[]; linter: object };

const NEIGHBOURS: Pattern = {
  group: ['.', '..', '**/../**'],
  message: 'Use ./ for what lies beside or below, @/ for everything else.',
};
const NO_NEXT: Pattern = {
  group: ['next', 'next/**', 'server-only'],
  message: 'Below lib/http everything runs under plain Node.',
};
const NO_PRISMA: Pattern = {
  group: ['@prisma/**', '@libsql/**', 'pg'],
  message: 'Only lib/db knows Prisma and the drivers.',
};

/** The text of `biome.layers.json`: the layers and their exceptions as rules for imports. */
export function biomeLayers(): string {
  const overrides = [
    ...LAYERS.map(ofLayer),
    ...ofExceptions(),
    declarations,
    commands,
    components,
    app,
  ];
  const $schema = './node_modules/@biomejs/biome/configuration_schema.json';
  return `${JSON.stringify({ $schema, overrides }, null, 2)}\n`;
}

function override(includes: string[], ...patterns: Pattern[]): Override {
  const noRestrictedImports = { level: 'error', options: { patterns } };
  return { includes, linter: { rules: { style: { noRestrictedImports } } } };
}

const allow = (places: readonly string[]) =>
  places.flatMap((place) => [`!@/${place}`, `!@/${place}/**`]);

function ofLayer(layer: Layer): Override {
  return override(layer.at.flatMap(filesOf), ...patternsOf(layer, []));
}

function filesOf(place: string): string[] {
  return [`${place}/**`, ...(place.includes('*') ? [`${place}.ts`] : [])];
}

function patternsOf(layer: Layer, exceptions: readonly string[]): Pattern[] {
  const { at, also = [], knowsNext = false, knowsPrisma = false } = layer;
  const index = LAYERS.indexOf(layer);
  const open = LAYERS.slice(0, index + 1).flatMap((lower) => lower.at);
  // Above the admin an `admin` module is like any other; below it is out of reach, beside it too.
  const above = LAYERS.slice(index + 1).flatMap((higher) => higher.at);
  const closed = above.filter((place) => place.includes('*'));
  const group = [
    '@/**',
    ...allow([...open, ...also]),
    ...closed.flatMap((place) => [`@/${place}`, `@/${place}/**`]),
    ...(closed.length > 0 && at.some((place) => place.startsWith('lib/contrib/'))
      ? ['./admin', './admin/**']
      : []),
    ...allow(exceptions),
  ];
  const message = `${at.join(', ')} imports only itself and the layers below it.`;
  return [
    { group, message },
    NEIGHBOURS,
    ...(knowsNext || exceptions.includes('next') ? [] : [NO_NEXT]),
    ...(knowsPrisma ? [] : [NO_PRISMA]),
  ];
}

/** For each file that may do more than its layer, the layer's rule once more and what it may. */
function ofExceptions(): Override[] {
  const files = [...new Set(EXCEPTIONS.flatMap(({ from }) => from))].toSorted();
  return files.flatMap((file) => {
    const layer = LAYERS[layerOf(file) ?? -1];
    const to = EXCEPTIONS.filter(({ from }) => from.includes(file)).map((one) => one.to);
    return layer ? [override([file], ...patternsOf(layer, to))] : [];
  });
}

const declarations = override(['lib/{contrib,extras,site}/*/apps.ts'], {
  group: ['**', '!@/lib/apps/define-app'],
  message: 'The declaration of an app imports only define-app.',
});

const commands = override(
  ['lib/**/management/commands/*'],
  {
    group: ['@/**', '!@/lib/**', '@/lib/http/**', '@/lib/generated/**'],
    message: 'A command imports lib, but neither lib/http nor the generated clients.',
  },
  NEIGHBOURS,
  NO_NEXT,
  NO_PRISMA,
);

const DATABASE = ['@/lib/db/**', '@/lib/generated/**', '@/lib/**/management/**'];

const components = override(
  ['components/**'],
  {
    group: ['@/**', '!@/components/**', '!@/app/**/actions', '!@/lib/**', ...DATABASE],
    message: 'components import components and lib, but not the database.',
  },
  NEIGHBOURS,
  NO_PRISMA,
);

const app = override(
  ['app/**', 'middleware.ts', 'instrumentation.ts'],
  {
    group: ['@/**', '!@/app/**', '!@/components/**', '!@/lib/**', ...DATABASE],
    message: 'app reaches the database only through the other packages of lib.',
  },
  NEIGHBOURS,
  NO_PRISMA,
);
