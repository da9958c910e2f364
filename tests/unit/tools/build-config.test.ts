import { afterEach, expect, it } from 'vitest';
import config from '@/next.config.mjs';
import { readSource } from '@/tests/support/sources';

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

it('only a build whose types were checked a moment before does not check them again', async () => {
  process.env['TYPES_ARE_CHECKED'] = '1';
  expect((await config()).typescript?.ignoreBuildErrors).toBe(true);
});
