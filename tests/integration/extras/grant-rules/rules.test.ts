import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import {
  checkUserChange,
  mayGrant,
  passwordRefusal,
} from '@/lib/contrib/auth/permissions/account-rules';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, transaction } from '@/lib/db/client';
import { checkUserDeletion } from '@/lib/extras/grant-rules/deletion-rules';
import { checkGroupChange } from '@/lib/extras/grant-rules/rules';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

// Their sources do not matter here: what one holds is what hasPerm says.
const HELD = ['auth.change_user', 'auth.change_group', 'auth.view_permission'];

let ada: User;
let root: User;
let bob: User;
let made = 0;

beforeEach(async () => {
  await db.user.updateMany({ data: { isSuperuser: false } });
  made += 1;
  ada = await users.createUser({ username: `ada${made}`, isStaff: true });
  bob = await users.createUser({ username: `bob${made}` });
  root = await users.createUser({ username: `root${made}`, isStaff: true, isSuperuser: true });
  for (const perm of HELD.slice(1)) await grant(ada, perm);
  await joinGroup(ada, await makeGroup(`helpers${made}`, HELD.slice(0, 1)));
});

const userErrors = (actor: User, before: User | null, next: Record<string, unknown>) =>
  transaction((tx) => checkUserChange(tx, actor, before, next));
const groupErrors = async (actor: User, groupId: number | null, perms: string[]) => {
  const ids = await Promise.all(perms.map(permissionId));
  return transaction((tx) =>
    checkGroupChange(tx, actor, {
      group: groupId === null ? null : { id: groupId },
      permissionIds: ids,
    }),
  );
};
const deletionErrors = (actor: User, ...targets: User[]) =>
  transaction((tx) =>
    checkUserDeletion(
      tx,
      actor,
      targets.map(({ id }) => id),
    ),
  );

describe('GRANT_ONLY_HELD_PERMISSIONS', () => {
  const off = { GRANT_ONLY_HELD_PERMISSIONS: false };

  it('lets somebody give what they hold, directly or through a group, and take anything', async () => {
    await grant(bob, 'auth.delete_user');
    const userPermissions = [await permissionId('auth.change_user')];
    expect(await userErrors(ada, bob, { userPermissions })).toEqual({});
    const mightier = await makeGroup(`mightier${made}`, ['auth.delete_user']);
    expect(await groupErrors(ada, mightier, ['auth.view_permission'])).toEqual({});
  });

  it('refuses a permission that the giver lacks, and names it', async () => {
    const userPermissions = [
      await permissionId('auth.delete_user'),
      await permissionId(HELD[0] ?? ''),
    ];
    const errors = await userErrors(ada, bob, { userPermissions });
    expect(errors).toEqual({
      user_permissions: [
        'Nobody grants what they do not hold, and you do not hold auth.delete_user.',
      ],
    });
    await overrideSettings(off, async () =>
      expect(await userErrors(ada, bob, { userPermissions })).toEqual({}),
    );
  });

  it('refuses a group whose permissions the giver lacks, and names them', async () => {
    const editors = await makeGroup(`editors${made}`, ['auth.change_user', 'auth.add_user']);
    const errors = await userErrors(ada, bob, { groups: [editors] });
    expect(errors).toEqual({
      groups: [
        `Nobody grants what they do not hold: editors${made} gives auth.add_user, which you do not hold.`,
      ],
    });
    expect(await userErrors(ada, null, { groups: [editors] })).toEqual(errors);
    await joinGroup(bob, editors);
    expect(await userErrors(ada, bob, { groups: [editors] })).toEqual({});
  });

  it('refuses to give it to a group, new or old', async () => {
    const group = await makeGroup(`old${made}`, ['auth.delete_user']);
    for (const groupId of [group, null]) {
      const errors = await groupErrors(ada, groupId, ['auth.delete_user', 'auth.add_group']);
      expect(errors['permissions']?.[0]).toContain('auth.add_group');
      expect(errors['permissions']?.[0]?.includes('auth.delete_user')).toBe(groupId === null);
    }
    await overrideSettings(off, async () =>
      expect(await groupErrors(ada, group, ['auth.add_group'])).toEqual({}),
    );
  });

  it('binds no superuser, but one whose account is inactive', async () => {
    const userPermissions = [await permissionId('auth.delete_user')];
    expect(await userErrors(root, bob, { userPermissions })).toEqual({});
    expect(await groupErrors(root, null, ['auth.delete_user'])).toEqual({});
    root.isActive = false;
    expect(await userErrors(root, bob, { userPermissions })).toHaveProperty('user_permissions');
  });

  it('says beforehand which permissions somebody may give', async () => {
    const ids = await Promise.all([...HELD, 'auth.add_user'].map(permissionId));
    expect([...(await mayGrant(ada, ids))].sort()).toEqual(ids.slice(0, 3).sort());
    expect((await mayGrant(root, ids)).size).toBe(4);
    expect((await mayGrant(bob, [...ids, 2_147_483_647])).size).toBe(0);
  });
});

describe('SUPERUSER_STATUS_NEEDS_SUPERUSER', () => {
  it('leaves superuser status to superusers', async () => {
    const refusal = { is_superuser: ['Only a superuser gives or takes superuser status.'] };
    expect(await userErrors(ada, bob, { isSuperuser: true })).toEqual(refusal);
    expect(await userErrors(ada, null, { isSuperuser: true })).toEqual(refusal);
    expect(await userErrors(ada, bob, { isSuperuser: false, isStaff: true })).toEqual({});
    expect(await userErrors(root, bob, { isSuperuser: true })).toEqual({});
    await overrideSettings({ SUPERUSER_STATUS_NEEDS_SUPERUSER: false }, async () =>
      expect(await userErrors(ada, bob, { isSuperuser: true })).toEqual({}),
    );
  });
});

describe('CHANGE_SUPERUSER_NEEDS_SUPERUSER', () => {
  const off = { CHANGE_SUPERUSER_NEEDS_SUPERUSER: false };

  it('lets only superusers change, delete or rename a superuser, or set the password', async () => {
    const other = await users.createUser({ username: `other${made}`, isSuperuser: true });
    expect(await userErrors(ada, root, { firstName: 'Rut' })).toEqual({
      '': [`Only a superuser changes a superuser, and root${made} is one.`],
    });
    expect(await deletionErrors(ada, bob, root)).toEqual([
      `Only a superuser deletes a superuser, and root${made} is one.`,
    ]);
    expect(await passwordRefusal(ada, root)).toContain('Only a superuser');
    expect(await passwordRefusal(ada, bob)).toBeNull();
    expect(await passwordRefusal(other, root)).toBeNull();
    expect(await deletionErrors(other, root)).toEqual([]);
    expect(await deletionErrors(ada, bob)).toEqual([]);
    await overrideSettings(off, async () => {
      expect(await userErrors(ada, root, { firstName: 'Rut' })).toEqual({});
      expect(await deletionErrors(ada, root)).toEqual([]);
      expect(await passwordRefusal(ada, root)).toBeNull();
    });
  });

  it('looks at the row as it is, not at what was read before', async () => {
    await db.user.update({ where: { id: bob.id }, data: { isSuperuser: true } });
    expect(bob.isSuperuser).toBe(false);
    expect(await userErrors(ada, bob, { firstName: 'Bo' })).toHaveProperty('');
  });
});

describe('REFUSE_RAISING_ONESELF', () => {
  const off = { REFUSE_RAISING_ONESELF: false };

  it('refuses groups, permissions and flags for oneself, even what one holds', async () => {
    const clerk = await reload(ada);
    await db.user.update({ where: { id: ada.id }, data: { isStaff: false } });
    const editors = await makeGroup(`editors${made}`, ['auth.change_user']);
    const userPermissions = [await permissionId('auth.change_user')];
    const next = { groups: [editors], userPermissions, isStaff: true };
    expect(await userErrors(clerk, clerk, next)).toEqual({
      groups: [`Nobody raises themselves: somebody else has to give you the group editors${made}.`],
      user_permissions: [
        'Nobody raises themselves: somebody else has to give you auth.change_user.',
      ],
      is_staff: ['Nobody raises themselves: somebody else has to give you staff status.'],
    });
    expect(await userErrors(clerk, clerk, { groups: [], userPermissions: [] })).toEqual({});
    await overrideSettings(off, async () =>
      expect(await userErrors(clerk, clerk, next)).toEqual({}),
    );
  });

  it('refuses to raise oneself through a group, even where anything may be granted', async () => {
    const own = await makeGroup(`own${made}`);
    await joinGroup(ada, own);
    const adding = ['auth.delete_user', 'auth.view_permission'];
    await overrideSettings({ GRANT_ONLY_HELD_PERMISSIONS: false }, async () => {
      expect(await groupErrors(ada, own, adding)).toEqual({
        permissions: ['Nobody raises themselves: as a member you would gain auth.delete_user.'],
      });
      expect(await groupErrors(ada, await makeGroup(`not own${made}`), adding)).toEqual({});
      await overrideSettings(off, async () => {
        expect(await groupErrors(ada, own, adding)).toEqual({});
      });
    });
  });
});

describe('KEEP_LAST_SUPERUSER', () => {
  const off = { KEEP_LAST_SUPERUSER: false };

  it('keeps the last active superuser from being deleted, deactivated or demoted', async () => {
    const sentence = `root${made} is the last active superuser. Make somebody else a superuser first.`;
    await users.createUser({ username: `gone${made}`, isSuperuser: true, isActive: false });
    expect(await userErrors(root, root, { isSuperuser: false })).toEqual({
      is_superuser: [sentence],
    });
    expect(await userErrors(root, root, { isActive: false })).toEqual({ is_active: [sentence] });
    expect(await deletionErrors(root, bob, root)).toEqual([sentence]);
    await overrideSettings(off, async () => {
      expect(await userErrors(root, root, { isSuperuser: false })).toEqual({});
      expect(await deletionErrors(root, root)).toEqual([]);
    });
    const second = await users.createUser({ username: `second${made}`, isSuperuser: true });
    expect(await userErrors(root, root, { isSuperuser: false })).toEqual({});
    expect(await deletionErrors(root, root)).toEqual([]);
    expect(await deletionErrors(root, root, second)).toHaveLength(1);
  });

  it('keeps one when two admins act at the same moment', async () => {
    const second = await users.createUser({ username: `second${made}`, isSuperuser: true });
    const acts = [
      { actor: root, target: second, data: { isSuperuser: false } },
      { actor: second, target: root, data: { isActive: false } },
    ];
    const outcomes = await Promise.all(
      acts.map(({ actor, target, data }) =>
        transaction(async (tx) => {
          const errors = await checkUserChange(tx, actor, target, data);
          if (Object.keys(errors).length > 0) return 'refused';
          await tx.user.update({ where: { id: target.id }, data });
          return 'done';
        }),
      ),
    );
    expect(outcomes.sort()).toEqual(['done', 'refused']);
    expect(await db.user.count({ where: { isSuperuser: true, isActive: true } })).toBe(1);
  });

  it('keeps one when two admins delete each other at the same moment', async () => {
    const second = await users.createUser({ username: `second${made}`, isSuperuser: true });
    const outcomes = await Promise.all(
      [
        [root, second],
        [second, root],
      ].map(([actor, target]) =>
        transaction(async (tx) => {
          if (!actor || !target) throw new Error('Two people are needed.');
          const reasons = await checkUserDeletion(tx, actor, [target.id]);
          if (reasons.length > 0) return 'refused';
          await tx.user.delete({ where: { id: target.id } });
          return 'done';
        }),
      ),
    );
    expect(outcomes.sort()).toEqual(['done', 'refused']);
  });
});
