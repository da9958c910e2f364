import { expect, it } from 'vitest';
import { inspect } from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

/**
 * What a stranger may ask for of the second factors: the stages of a sign-in, which judge for themselves,
 * and what browsers and other sites ask of passkeys.
 */
const PUBLIC = [
  'app/(mfa)/.well-known/webauthn/route.ts GET',
  'authenticate/actions.ts authenticateAction',
  'authenticate/page.tsx default',
  'enroll/actions.ts enrollAction',
  'enroll/actions.ts enrollPasskeyAction',
  'enroll/page.tsx default',
  'enroll/recovery-codes/actions.ts keepFirstCodesAction',
  'enroll/recovery-codes/page.tsx default',
  'recovery-codes/download/route.ts POST',
  'webauthn/login/route.ts POST',
  'webauthn/options/route.ts POST',
];

it('is public only at the stages and for the ceremonies of passkeys', () => {
  const files = sourceFiles('app').filter((file) => file.startsWith('app/(mfa)/'));
  const found = files
    .flatMap((file) => inspect(file, readSource(file)).entryPoints)
    .filter(({ guard }) => guard === 'loginNotRequired')
    .map(({ file, name }) => `${file.replace('app/(mfa)/accounts/2fa/', '')} ${name}`);
  expect(found).toEqual(PUBLIC);
});
