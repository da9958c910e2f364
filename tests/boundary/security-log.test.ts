import { beforeAll, expect, it } from 'vitest';
import ActivityPage from '@/app/(security-log)/admin/[app]/[model]/[id]/activity/page';
import type { PermissionName } from '@/lib/apps/installed';
import { freshDatabase } from '@/tests/support/database';
import { makePerson } from './people';
import { personPageStatus } from './person-page';

let ada: { id: number };

beforeAll(freshDatabase);
beforeAll(async () => {
  ada = await makePerson('ada');
});

const statusOf = (
  perms: readonly PermissionName[],
  of: { id: number | string; model?: string } = ada,
) => personPageStatus({ page: ActivityPage, name: 'activity', of }, perms);

it.each<[PermissionName[], number]>([
  [['auth.view_user', 'security.view_securitylogentry'], 200],
  [['auth.view_user'], 403],
  [['security.view_securitylogentry'], 403],
])('the page for who holds %j is a %i', async (perms, status) => {
  expect(await statusOf(perms)).toBe(status);
});

it('is none of nobody, nor of a group', async () => {
  const perms: PermissionName[] = ['auth.view_user', 'security.view_securitylogentry'];
  expect(await statusOf(perms, { id: '2147483647' })).toBe(404);
  expect(await statusOf(perms, { id: '1', model: 'group' })).toBe(404);
});
