import { expect, it } from 'vitest';
import { inspect } from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

it('lets everybody see what an account of a program is told at sign-in, and nothing else', () => {
  const files = sourceFiles('app').filter((file) => file.startsWith('app/(tokens)/'));
  const found = files
    .flatMap((file) => inspect(file, readSource(file)).entryPoints)
    .filter(({ guard }) => guard === 'loginNotRequired')
    .map(({ file, name }) => `${file} ${name}`);
  expect(found).toEqual(['app/(tokens)/accounts/tokens/service/page.tsx default']);
});
