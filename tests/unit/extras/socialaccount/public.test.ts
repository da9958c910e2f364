import { expect, test } from 'vitest';
import { inspect } from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** Every entry point of the app that lets in everybody. */
const PUBLIC = [
  'app/(socialaccount)/accounts/3rdparty/login/[outcome]/page.tsx default',
  'app/(socialaccount)/accounts/oidc/[id]/backchannel-logout/route.ts POST',
  'app/(socialaccount)/accounts/oidc/[id]/login/callback/route.ts GET',
  'app/(socialaccount)/accounts/oidc/[id]/login/callback/route.ts POST',
  'app/(socialaccount)/accounts/oidc/[id]/login/route.ts POST',
];

test('what begins and ends at a provider is public only where this test says so', () => {
  const files = sourceFiles('app').filter((file) => file.startsWith('app/(socialaccount)/'));
  const points = files.flatMap((file) => inspect(file, readSource(file)).entryPoints);
  const open = points.filter(({ guard }) => guard === 'loginNotRequired');
  expect(open.map(({ file, name }) => `${file} ${name}`)).toEqual(PUBLIC);
});
