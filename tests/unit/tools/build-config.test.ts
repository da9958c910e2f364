import { expect, it } from 'vitest';
import config from '@/next.config.mjs';
import { readSource } from '@/tests/support/sources';

it('the production build checks the types of the application, and of no test', async () => {
  const { typescript } = await config();
  expect(typescript).toEqual({ tsconfigPath: 'tsconfig.build.json' });
  const { include } = JSON.parse(readSource('tsconfig.build.json'));
  expect(include).toContain('app/**/*.tsx');
  expect(include.filter((each: string) => /test|bench|script/.test(each))).toEqual([]);
});
