import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { explain } from '@/lib/contrib/auth/permissions/decisions';
import { explanationSeenBy } from '@/lib/contrib/auth/permissions/visible-groups';
import { users } from '@/lib/contrib/auth/users/managers';
import { loadWhyPage } from '@/lib/extras/why/why-page';
import { makeStaff } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

const PERM = 'articles.delete_article';
const ASKED = { perm: PERM, without: '', with: '' };

beforeAll(async () => {
  await freshDatabase();
  await makeGroup('Secret circle', [PERM]);
  await makeGroup('Other circle', [PERM]);
});

const told = async (viewer: User, user: User) =>
  JSON.stringify((await loadWhyPage(viewer, user, ASKED)).answer);

describe('names of groups', () => {
  it('that somebody is not in are read on the page why by who may view groups', async () => {
    const staff = await makeStaff();
    const page = await loadWhyPage(staff, staff, ASKED);
    expect(JSON.stringify(page)).not.toMatch(/Secret circle|Other circle/);
    expect(page.answer?.why.hiddenGroups).toBe(2);
    for (const perm of ['auth.view_group', 'auth.change_group'] as const) {
      const viewer = await makeStaff(perm);
      expect(await told(viewer, viewer)).toContain('Secret circle');
    }
    const manager = await makeStaff('auth.view_user');
    expect(await told(manager, await users.createUser({ username: 'asked about' }))).not.toContain(
      'Secret circle',
    );
  });

  it('that somebody is in are no secret', async () => {
    const member = await makeStaff();
    await joinGroup(member, await makeGroup('Own circle', ['articles.add_article']));
    const page = await loadWhyPage(member, member, { ...ASKED, perm: 'articles.add_article' });
    expect(page.groups.map(({ name }) => name)).toEqual(['Own circle']);
    expect(JSON.stringify(page.answer)).toContain('Own circle');
    expect(page.answer?.why.hiddenGroups).toBe(0);
  });

  it('are counted on the page of a 403, and named to who may view groups', async () => {
    const asked = async (user: User) => explanationSeenBy(user, await explain(user, PERM), []);
    for (const user of [await users.createUser({ username: 'anybody' }), await makeStaff()]) {
      const seen = await asked(user);
      expect(JSON.stringify(seen)).not.toContain('circle');
      expect(seen.hiddenGroups).toBe(2);
    }
    const seen = await asked(await makeStaff('auth.view_group'));
    expect(seen.places.filter(({ kind }) => kind === 'group')).toHaveLength(2);
    expect(seen.hiddenGroups).toBe(0);
  });
});
