import { beforeAll, expect, it } from 'vitest';
import DashboardPage from '@/app/(site)/dashboard/page';
import HomePage from '@/app/(site)/page';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { users } from '@/lib/contrib/auth/users/managers';
import { textsOf } from '@/tests/support/admin/page-texts';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { requestWith } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';

beforeAll(freshDatabase);

async function arrival(user: User, next: string | null = null): Promise<string> {
  return completeLogin(await requestWith(), user, { method: 'password', next });
}

it('signing in leads staff who may do something to the admin, everybody else to the dashboard', async () => {
  const root = await makeSuperuser();
  expect(await arrival(root)).toBe('/admin/');
  expect(await arrival(await makeStaff('auth.view_user'))).toBe('/admin/');
  expect(await arrival(await makeStaff())).toBe('/dashboard/');
  expect(await arrival(await users.createUser({ username: 'ada' }))).toBe('/dashboard/');
  expect(await arrival(root, '/articles/')).toBe('/articles/');
});

it('a site can send its staff where everybody goes, or elsewhere', async () => {
  const root = await makeSuperuser();
  for (const [address, arrived] of [
    ['', '/dashboard/'],
    ['/desk/', '/desk/'],
  ] as const) {
    const settings = { STAFF_LOGIN_REDIRECT_URL: address };
    expect(await overrideSettings(settings, () => arrival(root))).toBe(arrived);
  }
});

it('home and dashboard lead on to the admin whoever has something to do there, and nobody else', async () => {
  const nowhere = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
  const leads = async (page: typeof HomePage, user: User) => {
    const headers = { cookie: await browserOf(user), host: 'localhost:3000' };
    const request = new Request('http://localhost:3000/', { headers });
    const { value } = await answerOf(request, 'page', () => page(nowhere));
    return textsOf(value).includes('/admin/');
  };
  const ada = await users.createUser({ username: 'grace' });
  for (const page of [HomePage, DashboardPage]) {
    expect(await leads(page, await makeSuperuser())).toBe(true);
    expect(await leads(page, ada)).toBe(false);
  }
});
