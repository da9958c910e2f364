import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { decide, explainAll, describe as told } from '@/lib/contrib/auth/permissions/decisions';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, inquiry } from '@/lib/db/client';
import { checkGroupGrants } from '@/lib/extras/grant-rules/rules';
import { previewChanges } from '@/lib/extras/matrix/matrix-save';
import { listHolders } from '@/lib/extras/why/holder-list';
import { explainWhy } from '@/lib/extras/why/reason-tree';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';
import { change } from '../matrix/matrix-cast';
import { giveFor, inAnHour } from './give-for';

beforeAll(freshDatabase);

const PERM = 'articles.publish_article';

let made = 0;
let ada: User;

beforeEach(async () => {
  made += 1;
  ada = await users.createUser({ username: `ada${made}` });
});

describe('a grant for a time', () => {
  it('counts until its moment and no longer, without anything having run', async () => {
    const until = inAnHour();
    await giveFor(ada, { perm: PERM }, until);
    const at = async (now: Date) => {
      const user = await reload(ada);
      await loadGrants(user, db, now);
      return user.hasPerm(PERM);
    };
    expect(await at(new Date(until.getTime() - 1))).toBe(true);
    expect(await at(until)).toBe(false);
    expect(await at(new Date(until.getTime() + 1))).toBe(false);
    expect(await db.timedGrant.count({ where: { userId: ada.id } })).toBe(1);
  });

  it('is through a group all that the group holds, and says so', async () => {
    const groupId = await makeGroup(`Editors ${made}`, [PERM, 'articles.view_article']);
    const until = new Date('2126-12-05T14:00:00Z');
    await giveFor(ada, { groupId }, until);
    const decision = await decide(await reload(ada), PERM);
    expect(told(decision)).toBe(
      `ada${made} holds ${PERM} through the group Editors ${made} until 5 Dec 2126, 14:00 UTC, granted by root: the June issue.`,
    );
    const { groups, permissions } = await explainAll(await reload(ada));
    expect(groups).toMatchObject([{ id: groupId, timed: { until } }]);
    expect(permissions.map(({ perm }) => perm)).toEqual(['articles.view_article', PERM].sort());
  });

  it('stands beside what is given for good, which stays when it ends', async () => {
    await grant(ada, PERM);
    await giveFor(ada, { perm: PERM }, inAnHour());
    const { sources } = await decide(await reload(ada), PERM);
    expect(sources).toMatchObject([
      { kind: 'direct' },
      { kind: 'direct', timed: { granter: 'root' } },
    ]);
    await db.timedGrant.updateMany({ where: { userId: ada.id }, data: { until: new Date() } });
    expect((await decide(await reload(ada), PERM)).sources).toEqual([{ kind: 'direct' }]);
  });

  it('is in the tree of reasons under the backend that found it', async () => {
    const groupId = await makeGroup(`Tellers ${made}`, [PERM]);
    await giveFor(ada, { groupId }, new Date('2126-12-05T14:00:00Z'));
    const catalogue = await loadCatalogue();
    const { steps } = await explainWhy(await reload(ada), { perm: PERM, catalogue });
    const leaves = steps.at(-1)?.steps.filter(({ label }) => label.includes(`Tellers ${made}`));
    expect(leaves).toMatchObject([
      {
        label: `group Tellers ${made} until 5 Dec 2126, 14:00 UTC, granted by root: the June issue`,
        mark: 'yes',
      },
    ]);
  });

  it('is nothing to whoever is inactive, and a superuser needs none', async () => {
    await giveFor(ada, { perm: PERM }, inAnHour());
    await db.user.update({ where: { id: ada.id }, data: { isActive: false } });
    expect(await (await reload(ada)).hasPerm(PERM)).toBe(false);
    const root = await makeSuperuser();
    await giveFor(root, { perm: PERM }, inAnHour());
    expect((await decide(await reload(root), PERM)).sources).toEqual([{ kind: 'superuser' }]);
    expect((await loadGrants(await reload(root))).permissions.get(PERM)?.sources).toEqual([
      { kind: 'superuser' },
    ]);
  });

  it('by a token is what the token carries of it', async () => {
    await giveFor(ada, { perm: PERM }, inAnHour());
    const user = await reload(ada);
    user.attenuation = new Set(['articles.view_article']);
    expect(await user.hasPerm(PERM)).toBe(false);
    expect([...(await user.getAllPermissions())]).toEqual([]);
  });

  it('is among the holders while it counts, directly and through a group', async () => {
    const groupId = await makeGroup(`Holders ${made}`, [PERM]);
    const eve = await users.createUser({ username: `eve${made}` });
    const late = await users.createUser({ username: `late${made}` });
    await giveFor(ada, { perm: PERM }, inAnHour());
    await giveFor(eve, { groupId }, inAnHour());
    await giveFor(late, { perm: PERM }, new Date(Date.now() - 1));
    const names = (all: readonly User[]) =>
      all
        .filter(({ id }) => [ada, eve, late].some((each) => each.id === id))
        .map((user) => user.username);
    const query = { isActive: true, includeSuperusers: false };
    const held = await users.withPerm(PERM, query);
    expect(names(held)).toEqual([`ada${made}`, `eve${made}`]);
    const list = await listHolders(PERM, { kind: 'granted', conditions: [], page: 1 });
    expect(names(list.holders.map(({ user }) => user))).toEqual([`ada${made}`, `eve${made}`]);
    const [first] = list.holders.filter(({ user }) => user.id === ada.id);
    expect(first?.decision.allowed).toBe(true);
  });

  it('is no column of Django’s tables', async () => {
    await giveFor(ada, { perm: PERM }, inAnHour());
    expect(await db.userPermission.count({ where: { userId: ada.id } })).toBe(0);
  });

  it('costs a signed-in page no statement', async () => {
    const seal = await signedIn(ada);
    await giveFor(ada, { perm: PERM }, inAnHour());
    const run = await statementsOf(async () => {
      const { user } = await requestWith(seal);
      expect(await user.hasPerm(PERM)).toBe(true);
      expect(await user.hasPerm('articles.add_article')).toBe(false);
    });
    expect(run).toHaveLength(2);
  });

  it('counts nowhere while the app is out', async () => {
    await giveFor(ada, { perm: PERM }, inAnHour());
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'access-requests');
    await overrideSettings({ INSTALLED_APPS }, async () => {
      expect(await (await reload(ada)).hasPerm(PERM)).toBe(false);
    });
  });
});

describe('the rules of granting', () => {
  it('protect whoever holds more for a time', async () => {
    await giveFor(ada, { perm: PERM }, inAnHour());
    const staff = await makeStaff('auth.change_user');
    const asked = { client: db, act: 'sets the password of' as const };
    expect((await identityRefusals(staff, [ada], asked)).get(ada.id)).toContain(PERM);
    await db.timedGrant.updateMany({ where: { userId: ada.id }, data: { until: new Date() } });
    expect((await identityRefusals(staff, [ada], asked)).size).toBe(0);
  });

  it('let nobody raise the group that they are in for a time', async () => {
    const groupId = await makeGroup(`Raised ${made}`);
    const staff = await makeStaff('auth.change_group');
    await giveFor(staff, { groupId }, inAnHour());
    const given = [{ id: await permissionId(PERM), perm: PERM }];
    const refused = await overrideSettings({ GRANT_ONLY_HELD_PERMISSIONS: false }, () =>
      inquiry((tx) => checkGroupGrants(tx, staff, [{ groupId, given }])),
    );
    expect(refused.get(groupId)?.['permissions']?.[0]).toContain('Nobody raises themselves');
  });
});

describe('the review of the matrix', () => {
  it('knows who is in a group for a time, and who keeps the permission until then', async () => {
    const root = await makeSuperuser();
    const groupId = await makeGroup(`Matrix ${made}`, [PERM]);
    const eve = await users.createUser({ username: `kept${made}` });
    await joinGroup(eve, groupId);
    await giveFor(eve, { perm: PERM }, inAnHour());
    await giveFor(ada, { groupId }, inAnHour());
    const { effects } = await previewChanges(root, [await change(groupId, PERM, false)]);
    expect(effects).toMatchObject([{ losses: { count: 1, first: [{ id: ada.id }] } }]);
  });
});
