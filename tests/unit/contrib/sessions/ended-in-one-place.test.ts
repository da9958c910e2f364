import { expect, it } from 'vitest';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** Who may delete rows of `auth_session`: whoever knows that Django may have the session too. */
const ALLOWED = [
  // Sessions of people in another table than the one that is in use now, which Django has none of.
  'lib/contrib/auth/management/point-at-users.ts',
  'lib/contrib/sessions/',
];

const DELETES = /\b(?:tx|db|client)\.session\.delete|DELETE FROM (?:auth|django)_session\b/;

it('a session is ended by the module of sessions alone, which ends it at Django too', () => {
  const found = ['lib', 'app', 'components']
    .flatMap((folder) => sourceFiles(folder))
    .filter((name) => !ALLOWED.some((allowed) => name.startsWith(allowed)))
    .filter((name) => DELETES.test(readSource(name)));
  expect(found).toEqual([]);
  expect(DELETES.test(readSource('lib/contrib/sessions/backends/own.ts'))).toBe(true);
});
