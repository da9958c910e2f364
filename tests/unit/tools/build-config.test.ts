import { builtinModules } from 'node:module';
import { expect, it } from 'vitest';
import config from '@/next.config.mjs';
import { specifiersOf } from '@/tests/support/imports';
import { readSource, sourceFiles } from '@/tests/support/sources';

it('the production build checks the types of the application, and of no test', async () => {
  const { typescript } = await config();
  expect(typescript).toEqual({ tsconfigPath: 'tsconfig.build.json' });
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
