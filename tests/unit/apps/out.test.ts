import { expect, it } from 'vitest';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** Where what an app does counts while it is out, for its tables stay: what goes with a person. */
const ALSO_OUT = [
  'lib/contrib/auth/account/offboarding.ts',
  'lib/contrib/auth/users/rows-of-others.ts',
  'lib/contrib/auth/users/user-deletion.ts',
];

it('asks an app that is out of nothing but what its tables keep of a person', () => {
  const files = ['lib', 'app', 'components'].flatMap((folder) => sourceFiles(folder));
  const asking = files.filter((file) => /\ballConfigs\b/.test(readSource(file)));
  expect(asking).toEqual(['lib/apps/registry.ts', ...ALSO_OUT]);
});
