import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import { EXCEPTIONS } from '@/scripts/lint/exceptions';
import { isCommand, LAYERS, layerOf } from '@/scripts/lint/layers';
import { type Arrow, circles, importGraph, specifiersOf } from '@/tests/support/imports';
import { repositoryRoot, sourceFiles } from '@/tests/support/sources';
import { KNOWN_CIRCLES } from './known-circles';

const arrows = importGraph('lib');

function pointsUp({ from, to }: Arrow): boolean {
  const [own, other] = [layerOf(from), layerOf(to)];
  if (own === null || isCommand(from)) return false;
  if (/^next(\/|$)/.test(to)) return !LAYERS[own]?.knowsNext;
  return to.startsWith('app/') || (other !== null && other > own);
}

const isWithin = (file: string, place: string) =>
  file.replace(/(\/index)?\.tsx?$/, '') === place || file.startsWith(`${place}/`);

const covers = ({ from, to }: (typeof EXCEPTIONS)[number], arrow: Arrow) =>
  from.includes(arrow.from) && isWithin(arrow.to, to);

const extraOf = (file: string) => /^(?:lib\/extras\/|app\/\()([\w-]+)/.exec(file)?.[1];

/** What each app may import of extras: those that its declaration requires. */
const requires = (label: string) => APPS.find((app) => app.label === label)?.requires ?? [];

const EXTRAS = readdirSync(path.join(repositoryRoot, 'lib/extras'));
const isExtra = (label: string) => EXTRAS.includes(label);

function unasked(seen: readonly Arrow[]): Arrow[] {
  return seen.filter(({ from, to }) => {
    const [own, other] = [extraOf(from), extraOf(to)];
    return own && other && own !== other && isExtra(other) && !requires(own).includes(other);
  });
}

describe('the arrows between the files of lib', () => {
  it('are seen whatever form the import has', () => {
    const source = [
      `import { a } from './a';`,
      `import type { B } from './b';`,
      `export { c } from './c';`,
      `export type { D } from './d';`,
      `export * from './e';`,
      `const f = () => import('./f');`,
      `import './g';`,
      `export const h = './h';`,
    ].join('\n');
    const letters = ['./a', './b', './c', './d', './e', './f', './g'];
    expect(specifiersOf(source).toSorted()).toEqual(letters);
  });

  it('begin in a layer, every one', () => {
    const homeless = sourceFiles('lib').filter((file) => layerOf(file) === null);
    expect(homeless).toEqual([]);
  });

  it.each([
    ['lib/core/text.ts', 'lib/contrib/auth/models.ts'],
    ['lib/contrib/auth/models.ts', 'lib/contrib/admin/options.ts'],
    ['lib/contrib/auth/models.ts', 'lib/contrib/auth/admin/user.ts'],
    ['lib/contrib/admin/options.ts', 'lib/contrib/sessions/admin.ts'],
    ['lib/contrib/auth/models.ts', 'next/headers'],
    ['lib/site/articles/models.ts', 'app/page.tsx'],
  ])('would be told of one from %s to %s', (from, to) => {
    expect(pointsUp({ from, to })).toBe(true);
  });

  it.each([
    ['lib/contrib/auth/admin/user.ts', 'lib/contrib/admin/options.ts'],
    ['lib/contrib/admin/options.ts', 'lib/contrib/auth/models.ts'],
    ['lib/core/management/commands/check.ts', 'lib/site/checks.ts'],
    ['lib/contrib/auth/config.ts', 'lib/contrib/auth/admin/user.ts'],
    ['lib/http/current.ts', 'next/headers'],
  ])('may go from %s to %s', (from, to) => expect(pointsUp({ from, to })).toBe(false));

  it('point down, but for the exceptions', () => {
    expect(arrows.length).toBeGreaterThan(500);
    const wrong = arrows.filter(pointsUp);
    expect(wrong.filter((arrow) => !EXCEPTIONS.some((one) => covers(one, arrow)))).toEqual([]);
  });

  it.each(EXCEPTIONS.flatMap((one) => one.from.map((from) => ({ ...one, from: [from] }))))(
    'need the exception of $from for $to',
    (exception) => {
      expect(arrows.some((arrow) => pointsUp(arrow) && covers(exception, arrow))).toBe(true);
    },
  );

  it('lead from one extra to another only where it says that it requires it', () => {
    const fileOf = (extra: string) => `lib/extras/${extra}/apps.ts`;
    const unsaid = EXTRAS.flatMap((from) =>
      EXTRAS.filter((to) => to !== from && !requires(from).includes(to)).map((to) => ({
        from: fileOf(from),
        to: fileOf(to),
      })),
    );
    expect(unsaid.length).toBeGreaterThan(EXTRAS.length);
    expect(unasked(unsaid)).toEqual(unsaid);
    expect(unasked(arrows)).toEqual([]);
    expect(unasked(importGraph('app'))).toEqual([]);
  });

  it('are required by the extras that say so, without a circle', () => {
    const said = EXTRAS.flatMap((from) =>
      requires(from)
        .filter(isExtra)
        .map((to) => ({ from, to })),
    );
    const used = new Set(arrows.map(({ from, to }) => `${extraOf(from)} ${extraOf(to)}`));
    expect(said.filter(({ from, to }) => !used.has(`${from} ${to}`))).toEqual([]);
    expect(circles(said)).toEqual([]);
  });

  it('go in no circle but the known ones, type-only imports included', () => {
    const triangle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'a' },
      { from: 'a', to: 'd' },
    ];
    expect(circles(triangle)).toEqual([['a', 'b', 'c']]);
    expect(circles(arrows).toSorted()).toEqual(KNOWN_CIRCLES);
  });
});

describe('the folders of the house', () => {
  it('have twenty files each at most', () => {
    const folders = ['app', 'components', 'lib', 'scripts', 'tests', 'bench'].flatMap((top) =>
      readdirSync(path.join(repositoryRoot, top), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath }) => path.relative(repositoryRoot, parentPath))
        .filter((folder) => !/^lib\/generated|__pycache__/.test(folder)),
    );
    const full = [...new Set(folders)].filter(
      (folder) => folders.filter((other) => other === folder).length > 20,
    );
    expect(full).toEqual([]);
  });

  it('of contrib/auth begin with the names of Django', () => {
    const django = [
      // The half of apps.py that the server alone reads.
      'config',
      ...['__init__', 'admin', 'apps', 'backends', 'base_user', 'checks', 'context_processors'],
      ...['decorators', 'forms', 'handlers', 'hashers', 'management', 'middleware', 'mixins'],
      ...['models', 'password_validation', 'signals', 'tokens', 'urls', 'validators', 'views'],
    ].map((name) => `${name.replace('__init__', 'index').replaceAll('_', '-')}.ts`);
    const own = readdirSync(path.join(repositoryRoot, 'lib/contrib/auth'), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    expect(own.filter((name) => !django.includes(name))).toEqual([]);
  });

  it('have no file of their name beside them', () => {
    const files = ['components', 'lib'].flatMap((top) => sourceFiles(top));
    const folders = new Set(files.map((file) => path.posix.dirname(file)));
    const beside = files.filter((file) => folders.has(file.replace(/\.tsx?$/, '')));
    expect(beside).toEqual([]);
  });
});
