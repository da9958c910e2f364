import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Entry = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> };

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Entry>;
};
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Where Node finds `name` from the folder of another package: the nearest node_modules. */
function locate(from: string, name: string): string | undefined {
  const folders = from
    .split('/node_modules/')
    .map((_, i, parts) => parts.slice(0, i + 1).join('/node_modules/'));
  const candidates = ['', ...folders].reverse().map((folder) => (folder ? `${folder}/` : ''));
  return candidates.map((folder) => `${folder}node_modules/${name}`).find((at) => at in packages);
}

describe('package-lock.json', () => {
  // A registry that lacks the builds for other platforms leaves them out; `npm ci` then fails there.
  it('lists the builds for every platform', () => {
    const wanted = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => [from, name] as const),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter(([from, name]) => !locate(from, name))).toEqual([]);
  });

  it('lists the compilers of Next.js in its own version', () => {
    const versions = Object.entries(packages).flatMap(([at, { version }]) =>
      at.startsWith('node_modules/@next/swc-') ? [version] : [],
    );
    expect(versions).toEqual(Array(8).fill(manifest.dependencies.next));
  });

  it('holds none of the versions that an advisory names', () => {
    const older = (version = '', than = '') =>
      version.localeCompare(than, 'en', { numeric: true }) < 0;
    const fixedIn = { mysql2: '3.23.1', 'deepmerge-ts': '8.0.0' };
    const found = Object.entries(packages).filter(([at, { version }]) =>
      Object.entries(fixedIn).some(
        ([name, fixed]) => at.endsWith(`node_modules/${name}`) && older(version, fixed),
      ),
    );
    expect(found).toEqual([]);
  });

  it('names no registry', () => {
    const named = Object.entries(packages).filter(([, entry]) => entry.resolved);
    expect(named).toEqual([]);
  });
});

describe('package.json', () => {
  it('names exact versions', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });
});
