import { beforeAll, expect, it } from 'vitest';
import OffboardPage from '@/app/(admin)/admin/[app]/[model]/[id]/offboard/page';
import type { PermissionName } from '@/lib/apps/installed';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { makePerson } from '../people';
import { ORIGIN } from '../probe';

let ada: { id: number };
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  ada = await makePerson('ada');
});

async function statusOf(
  perms: readonly PermissionName[],
  { id = String(ada.id), model = 'user' } = {},
): Promise<number> {
  made += 1;
  const { cookie } = await makePerson(`clerk${made}`, { isStaff: true }, ...perms);
  const path = `/admin/auth/${model}/${id}/offboard/`;
  const headers = { cookie, host: new URL(ORIGIN).host };
  const props = {
    params: Promise.resolve({ app: 'auth', model, id }),
    searchParams: Promise.resolve({}),
  };
  const request = new Request(`${ORIGIN}${path}`, { headers });
  return (await answerOf(request, 'page', () => OffboardPage(props))).status;
}

it.each<[PermissionName[], number]>([
  [['auth.change_user'], 200],
  [['auth.view_user'], 403],
  [[], 403],
])('the page for who holds %j is a %i', async (perms, status) => {
  expect(await statusOf(perms)).toBe(status);
});

it('is none of nobody, nor of a group', async () => {
  const perms: PermissionName[] = ['auth.change_user', 'auth.change_group'];
  expect(await statusOf(perms, { id: '2147483647' })).toBe(404);
  expect(await statusOf(perms, { id: '1', model: 'group' })).toBe(404);
});
