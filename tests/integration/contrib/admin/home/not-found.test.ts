import { beforeAll, expect, it } from 'vitest';
import UnknownAdminPage from '@/app/(admin)/admin/[...path]/page';
import AppIndex from '@/app/(admin)/admin/[app]/page';
import UnknownPage from '@/app/(site)/[...path]/page';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { textsOf } from '@/tests/support/admin/page-texts';
import { makeSuperuser } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';

beforeAll(freshDatabase);

async function ask(user: User, path: string, page: () => Promise<unknown>) {
  const headers = { cookie: await browserOf(user), host: 'localhost:3000' };
  const request = new Request(`http://localhost:3000${path}`, { headers });
  const { status, value } = await answerOf(request, 'page', page);
  return { status, isInAdmin: textsOf(value).includes('Go to the overview') };
}

it('a 404 below /admin/ is one of the admin, for staff alone', async () => {
  const [root, ada] = [await makeSuperuser(), await users.createUser({ username: 'ada' })];
  const searchParams = Promise.resolve({});
  const below = () => UnknownAdminPage({ params: Promise.resolve({}), searchParams });
  const unknown = () => UnknownPage({ params: Promise.resolve({}), searchParams });
  const noApp = () => AppIndex({ params: Promise.resolve({ app: 'nowhere' }), searchParams });
  expect(await ask(root, '/admin/nowhere/', noApp)).toEqual({ status: 404, isInAdmin: true });
  expect(await ask(root, '/admin/a/b/c/d/', below)).toEqual({ status: 404, isInAdmin: true });
  expect(await ask(root, '/nowhere/', unknown)).toEqual({ status: 404, isInAdmin: false });
  expect(await ask(ada, '/admin/a/b/c/d/', below)).toEqual({ status: 404, isInAdmin: false });
  expect((await ask(ada, '/admin/nowhere/', noApp)).status).toBe(403);
});
