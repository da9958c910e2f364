import { expect, it } from 'vitest';
import { inspect } from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

it('lets everybody ask for the figures, and judges them by itself', () => {
  const files = sourceFiles('app').filter((file) => file.startsWith('app/(metrics)/'));
  const found = files
    .flatMap((file) => inspect(file, readSource(file)).entryPoints)
    .filter(({ guard }) => guard === 'loginNotRequired')
    .map(({ file, name }) => `${file} ${name}`);
  expect(found).toEqual(['app/(metrics)/metrics/route.ts GET']);
});
