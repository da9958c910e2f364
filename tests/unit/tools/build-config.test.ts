import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { settings } from '@/lib/conf/settings';
import config from '@/next.config.mjs';
import { findBuiltSettings, writeBuiltSettings } from '@/scripts/serve/built-settings.mjs';
import { specifiersOf } from '@/tests/support/imports';
import { readSource, repositoryRoot, sourceFiles } from '@/tests/support/sources';

const before = process.env['TYPES_ARE_CHECKED'];

afterEach(() => {
  if (before === undefined) delete process.env['TYPES_ARE_CHECKED'];
  else process.env['TYPES_ARE_CHECKED'] = before;
});

it('the production build checks the types of the application, and of no test', async () => {
  delete process.env['TYPES_ARE_CHECKED'];
  const { typescript } = await config();
  expect(typescript).toEqual({ tsconfigPath: 'tsconfig.build.json', ignoreBuildErrors: false });
  const { include } = JSON.parse(readSource('tsconfig.build.json'));
  expect(include).toContain('app/**/*.tsx');
  expect(include.filter((each: string) => /test|bench|script/.test(each))).toEqual([]);
});

it('what serves, builds and manages a site needs no package of development', () => {
  const files = [
    ...['app', 'components', 'lib', 'prisma'].flatMap((folder) => sourceFiles(folder)),
    ...['manage.ts', 'middleware.ts', 'instrumentation.ts', 'next.config.mjs', 'prisma.config.ts'],
    ...['scripts/generate.ts', 'scripts/build.mjs', 'scripts/start.mjs', 'scripts/standalone.mjs'],
  ];
  const isBuiltIn = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
  const packages = files
    .flatMap((file) => specifiersOf(readSource(file)))
    .filter((name) => !/^(\.|@\/)/.test(name) && !isBuiltIn(name))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  const { dependencies, optionalDependencies } = JSON.parse(readSource('package.json'));
  const installed = Object.keys({ ...dependencies, ...optionalDependencies });
  expect(new Set(packages).size).toBeGreaterThan(20);
  expect([...new Set(packages)].filter((name) => !installed.includes(name))).toEqual([]);
});

it('only a build whose types were checked a moment before does not check them again', async () => {
  process.env['TYPES_ARE_CHECKED'] = '1';
  expect((await config()).typescript?.ignoreBuildErrors).toBe(true);
});

it('a server takes the settings from beside its build, with what the environment says as it starts', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-built-'));
  symlinkSync(path.join(repositoryRoot, 'lib'), path.join(folder, 'lib'));
  symlinkSync(path.join(repositoryRoot, 'node_modules'), path.join(folder, 'node_modules'));
  try {
    expect(findBuiltSettings(folder)).toBeNull();
    writeBuiltSettings(folder);
    const program = `const { settings, trustedHosts } = await import('./.next/settings.mjs');
      console.log(JSON.stringify([trustedHosts(), settings.DATA_UPLOAD_MAX_MEMORY_SIZE]));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, APP_ORIGIN: 'https://started.example' },
    });
    const { DATA_UPLOAD_MAX_MEMORY_SIZE } = settings;
    expect(JSON.parse(stdout)).toEqual([['started.example'], DATA_UPLOAD_MAX_MEMORY_SIZE]);
    expect(findBuiltSettings(folder)).toBe(path.join(folder, '.next/settings.mjs'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('what is served is configured by them where they are, and nothing else is', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-built-'));
  for (const name of ['lib', 'node_modules', 'scripts']) {
    symlinkSync(path.join(repositoryRoot, name), path.join(folder, name));
  }
  for (const name of ['next.config.mjs', 'package.json', 'tsconfig.json']) {
    copyFileSync(path.join(repositoryRoot, name), path.join(folder, name));
  }
  mkdirSync(path.join(folder, '.next'));
  writeFileSync(
    path.join(folder, '.next/settings.mjs'),
    `export const settings = { DATA_UPLOAD_MAX_MEMORY_SIZE: 7 };
     export const trustedHosts = () => ['built.example'];`,
  );
  const program = `const { default: config } = await import('./next.config.mjs');
    const sizes = [];
    for (const phase of ['phase-production-server', 'phase-production-build', undefined]) {
      sizes.push((await config(phase)).experimental.serverActions.bodySizeLimit);
    }
    console.log(JSON.stringify(sizes));`;
  try {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { DATA_UPLOAD_MAX_MEMORY_SIZE: size } = settings;
    expect(JSON.parse(stdout)).toEqual([7, size, size]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a server reads no source map as it loads the build, unless it was told to', () => {
  const program = `const { default: config } = await import('./next.config.mjs');
    const { experimental } = await config();
    console.log(process.sourceMapsEnabled, experimental.preloadEntriesOnStart);`;
  const said = (...flags: string[]) =>
    spawnSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    }).stdout.trim();
  expect(said()).toBe('false undefined');
  expect(said('--enable-source-maps')).toBe('true undefined');
});
