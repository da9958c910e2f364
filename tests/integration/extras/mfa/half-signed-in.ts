import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '@/lib/apps/installed';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { confirmationsOf } from '@/lib/contrib/auth/confirmations/confirmation';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { type AppEntryPoint, entryPointsOf } from '@/tests/support/app-entry-points';
import { EARLY, inspect } from '@/tests/support/entry-points';
import { MfaBrowser, makePersonWithTotp } from '@/tests/support/mfa/people';
import type { Answer } from '@/tests/support/plain-source';
import { browserOf, callServer } from '@/tests/support/server-call';
import { readSource, sourceFiles } from '@/tests/support/sources';

const GROUPS = readdirSync('app').flatMap((name) => /^\((.+)\)$/.exec(name)?.[1] ?? []);

/** Where somebody goes on who has given their password: the stage that they have come to. */
const THEIRS = [
  'accounts/2fa/authenticate/actions.ts authenticateAction',
  'accounts/2fa/authenticate/page.tsx default',
];

type Person = Awaited<ReturnType<typeof makePersonWithTotp>>;

async function halfSignedIn({ user }: Person): Promise<MfaBrowser> {
  await db.throttle.deleteMany();
  const browser = new MfaBrowser();
  expect((await browser.password(user)).location).toBe('/accounts/2fa/authenticate/');
  return browser;
}

/** What can be told from outside of an answer. */
async function seen({ status, location, value }: Answer) {
  const body = value instanceof Response ? await value.clone().text() : typeof value;
  const leadsTo = value instanceof Response ? value.headers.get('location') : location;
  return { status, leadsTo, body };
}

async function differences(entries: readonly AppEntryPoint[], ada: Person): Promise<string[]> {
  const found: string[] = [];
  let browser = await halfSignedIn(ada);
  for (const { name, call, method } of entries) {
    const stranger = await seen(await callServer('', call, method));
    const half = await seen(await callServer(browser.cookie, call, method));
    if (JSON.stringify(half) !== JSON.stringify(stranger)) found.push(name);
    if (!(await browser.session())) browser = await halfSignedIn(ada);
  }
  return found;
}

describe('somebody who has given their password and not their second factor', () => {
  it('is answered as a stranger by every page, action and handler but those of their stage', async () => {
    const ada = await makePersonWithTotp();
    const entries = (await Promise.all(GROUPS.map(entryPointsOf))).flat();
    expect(entries.length).toBeGreaterThan(60);
    console.error = () => {};
    const others = (await differences(entries, ada)).filter(
      (name) => !THEIRS.some((own) => name.endsWith(own)),
    );
    expect(others).toEqual([]);
  });
});

describe('whom a rule asks a second factor of, signed in without one', () => {
  it('is led away from every page, action and handler that is not public', async () => {
    const open = sourceFiles('app').flatMap((file) =>
      inspect(file, readSource(file))
        .entryPoints.filter(({ guard }) => guard === 'loginNotRequired')
        .map((each) => `${file.replace(/^app\/\([^)]+\)\//, '')} ${each.name}`),
    );
    const user = await users.createSuperuser({ username: 'root' });
    const cookie = await browserOf(user);
    const past: string[] = [];
    await overrideSettings({ MFA_REQUIRED: ['superuser'] }, async () => {
      // Those of an app that is out lead nobody anywhere.
      const installed = GROUPS.filter((group) => group === 'site' || isInstalled(group));
      for (const group of installed) {
        for (const { name, call, method } of await entryPointsOf(group)) {
          const isEarly = EARLY.includes(group) && !name.startsWith('admin/');
          if (open.includes(name) || isEarly) continue;
          const { leadsTo } = await seen(await callServer(cookie, call, method));
          if (leadsTo !== '/accounts/2fa/totp/activate/?next=/') past.push(name);
        }
      }
    });
    expect(past).toEqual([]);
  });
});

describe('with the app out', () => {
  it('a sign-in is by the password alone, as before', async () => {
    const { user } = await makePersonWithTotp();
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'mfa');
    await overrideSettings({ INSTALLED_APPS }, async () => {
      const browser = new MfaBrowser();
      expect((await browser.password(user)).location).toBe(settings.LOGIN_REDIRECT_URL);
      const session = await browser.session();
      expect(session && isSignInFresh({ session })).toBe(true);
      expect((await confirmationsOf(user)).map(({ name }) => name)).toEqual(['password']);
    });
  });
});
