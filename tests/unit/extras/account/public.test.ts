import { expect, test } from 'vitest';
import { inspect } from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** Every entry point of the app that lets in everybody. */
const PUBLIC = [
  'app/(account)/accounts/confirm-email/[key]/route.ts GET',
  'app/(account)/accounts/delete/undo/[key]/route.ts GET',
  'app/(account)/accounts/delete/undo/actions.ts undoDeletionAction',
  'app/(account)/accounts/delete/undo/page.tsx default',
  'app/(account)/accounts/email/undo/[key]/route.ts GET',
  'app/(account)/accounts/email/undo/actions.ts undoEmailAction',
  'app/(account)/accounts/email/undo/page.tsx default',
  'app/(account)/accounts/invitation/[token]/route.ts GET',
  'app/(account)/accounts/invitation/actions.ts acceptAction',
  'app/(account)/accounts/invitation/page.tsx default',
  'app/(account)/accounts/login/code/[key]/page.tsx default',
  'app/(account)/accounts/login/code/actions.ts loginCodeAction',
  'app/(account)/accounts/login/code/confirm/actions.ts confirmCodeAction',
  'app/(account)/accounts/login/code/confirm/page.tsx default',
  'app/(account)/accounts/login/code/page.tsx default',
  'app/(account)/accounts/signup/[key]/route.ts GET',
  'app/(account)/accounts/signup/actions.ts signupAction',
  'app/(account)/accounts/signup/complete/actions.ts completeSignupAction',
  'app/(account)/accounts/signup/complete/page.tsx default',
  'app/(account)/accounts/signup/page.tsx default',
  'app/(account)/accounts/signup/sent/actions.ts signupCodeAction',
  'app/(account)/accounts/signup/sent/page.tsx default',
  'app/(account)/accounts/verify-email/actions.ts sendVerifyCodeAction',
  'app/(account)/accounts/verify-email/actions.ts verifyEmailAction',
  'app/(account)/accounts/verify-email/page.tsx default',
];

test('the pages of accounts are public only where this test says so', () => {
  const files = sourceFiles('app').filter((file) => file.startsWith('app/(account)/'));
  const points = files.flatMap((file) => inspect(file, readSource(file)).entryPoints);
  const open = points.filter(({ guard }) => guard === 'loginNotRequired');
  expect(open.map(({ file, name }) => `${file} ${name}`)).toEqual(PUBLIC);
});
