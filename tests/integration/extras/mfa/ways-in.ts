import { describe, expect, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { factorMethods } from '@/lib/extras/mfa/possession';
import { commitRequest, readRequest } from '@/lib/http/request';
import { makeUser } from '@/tests/support/auth/sign-in';
import { groupOf } from '@/tests/support/entry-points';
import { MfaBrowser, makePersonWithTotp } from '@/tests/support/mfa/people';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** A way in: the app that brings it, where it ends, and the proof that it puts on record. */
type WayIn = { app: string; file: string; method: string };

// A way whose method is said elsewhere than where it ends has to be asked whatever that is.
const UNTOLD = 'whatever it is';

/**
 * Every end of a first factor in the tree: who calls `completeLogin`, by which alone a session becomes
 * somebody's. An app that adds a way is found by that and listed nowhere.
 */
const ways: WayIn[] = ['app', 'lib']
  .flatMap((folder) => sourceFiles(folder))
  .filter((file) => !file.endsWith('/complete-login.ts'))
  .flatMap((file) => {
    const source = readSource(file);
    if (!/\bcompleteLogin\(/.test(source)) return [];
    const told = [...source.matchAll(/\bmethod: '(\w+)'/g)].map(([, name = '']) => name);
    const methods = told.length > 0 ? [...new Set(told)] : [UNTOLD];
    return methods.map((method) => ({ app: appOf(file), file, method }));
  });

function appOf(file: string): string {
  return groupOf(file) ?? /^lib\/(?:extras|contrib|site)\/([^/]+)\//.exec(file)?.[1] ?? '';
}

async function comeIn(user: User, method: string) {
  const browser = new MfaBrowser();
  let to = '';
  await browser.call(async () => {
    const request = await readRequest();
    to = await completeLogin(request, user, { method, backend: 'ModelBackend', next: null });
    await commitRequest(request);
  });
  return { to, isIn: (await browser.user())?.isAuthenticated ?? false };
}

describe('every way in', () => {
  it('is found in the tree, and is of an app of the site', () => {
    expect(ways).toContainEqual(expect.objectContaining({ app: 'auth', method: 'password' }));
    expect(ways).toContainEqual(expect.objectContaining({ app: 'mfa', method: 'passkey' }));
    expect(ways.filter(({ app }) => !APPS.some(({ label }) => label === app))).toEqual([]);
  });

  it.each(ways)('of $app by $method ($file) asks for the factor', async ({ method }) => {
    const { user } = await makePersonWithTotp();
    const isBoth = factorMethods().includes(method);
    const to = isBoth ? settings.LOGIN_REDIRECT_URL : '/accounts/2fa/authenticate/';
    expect(await comeIn(user, method)).toEqual({ to, isIn: isBoth });
  });

  it.each(ways)('of $app by $method ($file) has one set up where a rule says so', async (way) => {
    const user = await makeUser();
    await overrideSettings({ MFA_REQUIRED: ['all'] }, async () => {
      const isBoth = factorMethods().includes(way.method);
      const to = isBoth ? settings.LOGIN_REDIRECT_URL : '/accounts/2fa/enroll/';
      expect(await comeIn(user, way.method)).toEqual({ to, isIn: isBoth });
    });
  });
});
