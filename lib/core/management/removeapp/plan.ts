import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arrows, arrowsOf, reachedFrom } from './arrows';
import { offeredBy } from './offered';
import { type AppDeclaration, wordsOf } from './words';

/** What `planRemoval` is told of the tree. */
export type Tree = {
  root: string;
  /** Every file that is part of it, by its path from the root. */
  files: readonly string[];
  declaration: AppDeclaration;
  /** The app that a migration belongs to, by the migration's name. */
  appOfMigration(name: string): string | null;
};

/** The files that go with an app, each in one list, and the files that keep it from going. */
export type Removal = {
  /** Its folders, models, migrations and documents, and the tests and the bench named after it. */
  own: string[];
  /** Components and helpers of tests that nothing else uses, and code that only what goes calls. */
  unused: string[];
  /** Tests and benches of the rest that are written with this app. */
  tests: string[];
  /** Configs of other apps that bring something made of it or for it, which goes with it. */
  configs: string[];
  /** The parts of a config that it alone reads, and declares. */
  parts: string[];
  /** Files of the rest that import it, which must be changed first. */
  holders: string[];
  /** Files of the rest that stay and of which nothing else uses some export. */
  offered: string[];
};

/** The two lists of apps, whose lines of it are taken out. */
export const LISTS = ['lib/site/apps.ts', 'lib/site/app-configs.ts'] as const;

const isConfig = (file: string) => /^lib\/(contrib|extras|site)\/[^/]+\/config\.ts$/.test(file);
const isTest = (file: string) => /^tests\/.+\.(test|spec)\.tsx?$/.test(file);
const isShared = (file: string) => /^(bench|components|tests)\//.test(file) && !isTest(file);

/**
 * What would have to go so that the tree holds nothing of an app: nothing is deleted. A test counts as
 * written with the app when it imports a file of it, itself or through a helper, or names a permission,
 * a model, a table or an address of it; a bench, which nothing imports, in the same way.
 * Django: no counterpart; there an app is a folder, and whoever imports it is found at the next start
 */
export function planRemoval({ root, files, declaration, appOfMigration }: Tree): Removal {
  const { label } = declaration;
  // The tables of Django's own apps are those of its first migration, which stays, and so do the models.
  const keepsModels = files.includes(`lib/contrib/${label}/apps.ts`);
  const own = files.filter(
    (file) => isOwn(file, label, appOfMigration) && !(keepsModels && file.startsWith('prisma/')),
  );
  const arrows = arrowsOf(root, files);
  const pages = own.filter((file) => /^app\/.*\/(page\.tsx|route\.ts)$/.test(file));
  const words = wordsOf(
    declaration,
    pages,
    keepsModels ? '' : readIfListed(root, files, `prisma/schema/${label}.prisma`),
  );
  const names = (file: string) => {
    const text = readFileSync(join(root, file), 'utf8');
    return words.some((word) => word.test(text));
  };
  const gone = new Set(own);
  const rest = files.filter((file) => !gone.has(file));
  const helpers = rest.filter((file) => isSharedTest(file) && arrows.has(file) && names(file));
  const named = new Set([...own, ...helpers]);
  const imported = new Set([...arrows.values()].flat());
  const isWritten = (file: string) =>
    isTest(file) || (file.startsWith('bench/') && !imported.has(file));
  const tests = rest.filter(
    (file) => isWritten(file) && (names(file) || leadsInto(arrows, file, named)),
  );
  for (const file of tests) gone.add(file);
  const unused = unusedAfter(arrows, files, gone);
  for (const file of unused) gone.add(file);
  const left = rest.filter((file) => !gone.has(file));
  const dependent = dependentOn(arrows, left, gone);
  for (const file of dependent) gone.add(file);
  const late = left.filter(
    (file) => isWritten(file) && !gone.has(file) && leadsInto(arrows, file, new Set(dependent)),
  );
  for (const file of late) gone.add(file);
  for (const file of unusedAfter(arrows, files, gone)) {
    unused.push(file);
    gone.add(file);
  }
  const holders = rest.filter(
    (file) =>
      !gone.has(file) &&
      !LISTS.some((list) => list === file) &&
      !file.startsWith('docs/reference/') &&
      (arrows.get(file) ?? []).some((to) => gone.has(to)),
  );
  const parts = partsDeclaredBy(root, [...gone]);
  const brings = new RegExp(`^ {2}(${parts.join('|')})\\b`, 'm');
  const isBringing = (file: string) =>
    parts.length > 0 && brings.test(readFileSync(join(root, file), 'utf8'));
  return {
    own,
    unused: [...unused, ...dependent],
    tests: [...tests, ...late],
    configs: rest.filter(
      (file) => isConfig(file) && !gone.has(file) && (holders.includes(file) || isBringing(file)),
    ),
    parts,
    holders: holders.filter((file) => !isConfig(file)),
    offered: offeredBy(root, arrows, gone),
  };
}

// The mutations quote code, and are told which apps are there.
const isSharedTest = (file: string) =>
  /^(bench|tests)\/(?!mutations\/)/.test(file) && !isTest(file);

function isOwn(file: string, label: string, appOfMigration: Tree['appOfMigration']): boolean {
  const parts = file.split('/');
  const [top] = parts;
  if (/^lib\/(contrib|extras|site)\//.test(file)) return isOwnCode(parts, label);
  // Its pages in the admin are of the admin too.
  if (top === 'app') return parts[1] === `(${label})` || (label === 'admin' && parts[2] === label);
  if (file.startsWith('prisma/migrations/')) {
    if (parts[2] === 'schema') return parts[3] === `${label}.prisma`;
    return appOfMigration(parts[3] ?? '') === label;
  }
  if (top === 'prisma') return file === `prisma/schema/${label}.prisma`;
  if (top === 'docs') return file === `docs/apps/${label}.md`;
  if (top === 'bench') return file === `bench/${label}.ts`;
  return top === 'tests' && isNamedAfter(parts, label);
}

// Django: autodiscover() takes the module of that name in every app.
function isOwnCode([, , app, module = '', ...more]: readonly string[], label: string): boolean {
  if (app === label) return module !== '';
  return label === 'admin' && (module === 'admin.ts' || (module === 'admin' && more.length > 0));
}

function isNamedAfter(parts: readonly string[], label: string): boolean {
  const [, kind, floor, folder] = parts;
  const name = parts.at(-1) ?? '';
  if (/^(unit|integration)$/.test(kind ?? '') && /^(extras|site)$/.test(floor ?? '')) {
    return folder === label && parts.length > 4;
  }
  return new RegExp(`^${label}\\.(test|spec)\\.tsx?$`).test(name);
}

/** What only files that go have led to, of what is there to be shared. */
function unusedAfter(
  arrows: Arrows,
  files: readonly string[],
  gone: ReadonlySet<string>,
): string[] {
  const imported = new Set([...arrows.values()].flat());
  // What nobody imports is named elsewhere, as the set-up files of the tests are.
  const isRoot = (file: string) => !isShared(file) || !imported.has(file);
  const used = reachedFrom(arrows, files.filter(isRoot), gone);
  const led = reachedFrom(arrows, [...gone]);
  return files.filter(
    (file) => isShared(file) && !gone.has(file) && led.has(file) && !used.has(file),
  );
}

/**
 * Code of apps and of the site that leads to what goes, and that nothing else imports but such code,
 * configs and tests: it is made of the app, as the screens of a site are of the admin.
 */
function dependentOn(arrows: Arrows, rest: readonly string[], gone: ReadonlySet<string>): string[] {
  const isCandidate = (file: string) =>
    /^(lib\/(contrib|extras|site)\/|bench\/|app\/\([^/]+\)\/guards\.ts$)/.test(file) &&
    !isConfig(file) &&
    !LISTS.some((list) => list === file);
  const within = new Map([...arrows].filter(([from]) => isCandidate(from)));
  const made = new Set(
    rest.filter(
      (file) => isCandidate(file) && [...reachedFrom(within, [file])].some((to) => gone.has(to)),
    ),
  );
  const staysBy = (file: string) =>
    rest.some(
      (by) =>
        !gone.has(by) &&
        !made.has(by) &&
        !isConfig(by) &&
        !isTest(by) &&
        (arrows.get(by) ?? []).includes(file),
    );
  for (let before = -1; before !== made.size; ) {
    before = made.size;
    for (const file of [...made]) if (staysBy(file)) made.delete(file);
  }
  return [...made];
}

/** What these files add to the `AppConfig` of every app. */
function partsDeclaredBy(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /^lib\/.*\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /^ {2}interface AppConfig \{$.*?^ {2}\}$/gms,
      ),
    ])
    .flatMap(([added]) => [...added.matchAll(/^ {4}readonly (\w+)\?:/gm)])
    .map(([, name = '']) => name);
}

function leadsInto(arrows: Arrows, file: string, own: ReadonlySet<string>): boolean {
  const within = new Map([...arrows].filter(([from]) => /^(tests|bench)\//.test(from)));
  return [...reachedFrom(within, [file])].some((reached) => own.has(reached));
}

function readIfListed(root: string, files: readonly string[], file: string): string {
  return files.includes(file) ? readFileSync(join(root, file), 'utf8') : '';
}
