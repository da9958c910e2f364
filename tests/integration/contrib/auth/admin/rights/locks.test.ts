import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type { Locks } from '@/lib/contrib/admin/object/locks';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { type Fields, save, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const HELD = 'articles.view_article';
const OTHER = 'articles.delete_article';

const makeClerk = () => makeStaff('auth.view_user', 'auth.change_user', 'auth.change_group', HELD);

async function locksOf(key: string, id: number, by: User): Promise<Locks> {
  const row = await readSnapshot(db, screens(key), id);
  const locks = await screens(key).options.locks?.(row, by);
  if (!locks) throw new Error(`${key} tells no locks.`);
  return locks;
}

let made = 0;

async function ordinary(...perms: string[]): Promise<User> {
  made += 1;
  const user = await users.createUser({ username: `locked${made}`, email: 'a@example.com' });
  for (const perm of perms) await grant(user, perm);
  return user;
}

describe('what limited staff see as locked in a form', () => {
  it('is what would be refused when it is saved, choice by choice, and nothing else', async () => {
    const clerk = await makeClerk();
    const user = await ordinary();
    const [low, high] = [await makeGroup('low', [HELD]), await makeGroup('high', [HELD, OTHER])];
    const held = await makeGroup('held', [OTHER]);
    const { choices } = await locksOf('auth.user', user.id, clerk);
    expect(choices['groups']?.ids).toContain(high);
    const choose: [string, number][] = [
      ...[low, high, held].map((id): [string, number] => ['groups', id]),
      ['user_permissions', await permissionId(HELD)],
      ['user_permissions', await permissionId(OTHER)],
    ];
    for (const [field, id] of choose) {
      const fields = { ...(await untouched(screens('auth.user'), user.id)), [field]: [id] };
      const saved = await save('auth.user', fields, { id: user.id, by: clerk });
      const isLocked = choices[field]?.ids.includes(id);
      expect([field, id, saved.kind]).toEqual([field, id, isLocked ? 'refused' : 'saved']);
    }
  });

  it('are the flags and names that a rule guards, with its words', async () => {
    const clerk = await makeClerk();
    const mightier = await ordinary(OTHER);
    for (const user of [await ordinary(), mightier]) {
      const { fields, form } = await locksOf('auth.user', user.id, clerk);
      expect(form).toBeUndefined();
      const changes: Record<string, Fields> = {
        username: { username: `${user.username}x` },
        email: { email: 'other@example.com' },
        is_active: { is_active: '' },
        is_staff: { is_staff: 'on' },
        is_superuser: { is_superuser: 'on' },
      };
      for (const [name, change] of Object.entries(changes)) {
        const sent = { ...(await untouched(screens('auth.user'), user.id)), ...change };
        if (name === 'is_active') delete sent['is_active'];
        const saved = await save('auth.user', sent, { id: user.id, by: clerk });
        const error = saved.kind === 'refused' ? saved.errors[name]?.[0] : undefined;
        expect([name, error]).toEqual([name, fields[name]]);
        if (saved.kind !== 'saved') continue;
        const { username, email } = user;
        const back = { username, email, isActive: true, isStaff: false };
        await db.user.update({ where: { id: user.id }, data: back });
      }
    }
  });

  it('is the whole form of a superuser, which a forged one does not open', async () => {
    const clerk = await makeClerk();
    const root = await makeSuperuser();
    const locks = await locksOf('auth.user', root.id, clerk);
    expect(locks.form).toBe(`Only a superuser changes a superuser, and ${root.username} is one.`);
    const fields = { ...(await untouched(screens('auth.user'), root.id)), first_name: 'Mallory' };
    expect((await save('auth.user', fields, { id: root.id, by: clerk })).kind).toBe('refused');
  });

  it('is nothing of what the rules do not forbid, and costs a superuser no statement', async () => {
    const [clerk, root] = [await makeClerk(), await makeSuperuser()];
    const user = await ordinary();
    await overrideSettings(
      { GRANT_ONLY_HELD_PERMISSIONS: false, SUPERUSER_STATUS_NEEDS_SUPERUSER: false },
      async () => {
        const { fields, choices } = await locksOf('auth.user', user.id, clerk);
        expect(fields).toEqual({});
        expect(Object.values(choices).flatMap(({ ids }) => ids)).toEqual([]);
      },
    );
    const row = await readSnapshot(db, screens('auth.user'), user.id);
    const run = await statementsOf(async () => screens('auth.user').options.locks?.(row, root));
    expect(run).toEqual([]);
  });

  it('stays what it is in the form: a held choice is open, and each lock has its reason', async () => {
    const clerk = await makeClerk();
    const user = await ordinary(OTHER);
    await joinGroup(user, await makeGroup('already', [OTHER]));
    const admin = screens('auth.user');
    const row = await readSnapshot(db, admin, user.id);
    const locks = await admin.options.locks?.(row, clerk);
    const view = await changeForm(admin, row, { canChange: true, locks });
    const fields = view.sections.flatMap((section) => section.fields);
    const permissions = fields.find(({ name }) => name === 'user_permissions')?.widget;
    if (permissions?.kind !== 'multiple') throw new Error('No permissions are chosen there.');
    expect(permissions.locked?.ids).not.toContain(await permissionId(OTHER));
    expect(permissions.locked?.reason).toContain('greyed');
    expect(fields.find(({ name }) => name === 'is_superuser')?.locked).toBe(
      'Only a superuser gives or takes superuser status.',
    );
  });

  it('in the form of a group are the permissions that they do not hold', async () => {
    const clerk = await makeClerk();
    const group = await makeGroup('edited', []);
    const { choices } = await locksOf('auth.group', group, clerk);
    expect(choices['permissions']?.ids).toContain(await permissionId(OTHER));
    expect(choices['permissions']?.ids).not.toContain(await permissionId(HELD));
  });
});
