import { beforeAll, expect, it } from 'vitest';
import OffboardPage from '@/app/(admin)/admin/[app]/[model]/[id]/offboard/page';
import ActivityPage from '@/app/(security-log)/admin/[app]/[model]/[id]/activity/page';
import type { PermissionName } from '@/lib/apps/installed';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { makePerson } from './people';
import { ORIGIN } from './probe';

let ada: { id: number };
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  ada = await makePerson('ada');
});

const PAGES = { activity: ActivityPage, offboard: OffboardPage };

async function statusOf(
  name: keyof typeof PAGES,
  perms: readonly PermissionName[],
  { id = String(ada.id), model = 'user' } = {},
): Promise<number> {
  made += 1;
  const { cookie } = await makePerson(`clerk${made}`, { isStaff: true }, ...perms);
  const path = `/admin/auth/${model}/${id}/${name}/`;
  const headers = { cookie, host: new URL(ORIGIN).host };
  const props = {
    params: Promise.resolve({ app: 'auth', model, id }),
    searchParams: Promise.resolve({}),
  };
  const request = new Request(`${ORIGIN}${path}`, { headers });
  return (await answerOf(request, 'page', () => PAGES[name](props))).status;
}

const LOG = 'security.view_securitylogentry';

it.each<[keyof typeof PAGES, PermissionName[], number]>([
  ['activity', ['auth.view_user', LOG], 200],
  ['activity', ['auth.view_user'], 403],
  ['activity', [LOG], 403],
  ['offboard', ['auth.change_user'], 200],
  ['offboard', ['auth.view_user', LOG], 403],
  ['offboard', [], 403],
])('%s for who holds %j is a %i', async (name, perms, status) => {
  expect(await statusOf(name, perms)).toBe(status);
});

it('neither is a page of nobody, nor of a group', async () => {
  const perms: PermissionName[] = ['auth.change_user', 'auth.change_group', LOG];
  for (const name of ['activity', 'offboard'] as const) {
    expect(await statusOf(name, perms, { id: '2147483647' })).toBe(404);
    expect(await statusOf(name, perms, { id: '1', model: 'group' })).toBe(404);
  }
});
