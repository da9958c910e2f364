import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import { deleteGroup } from '@/lib/contrib/auth/users/deletion';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { djangosCosts, ourCosts } from './costs';
import { Django } from './django';
import {
  compareAll,
  count,
  describeWithDjango,
  generate,
  isLong,
  isOwnModel,
  limitOf,
  timeZone,
} from './oracle';
import { permissionIds } from './worlds';

const NAMES = ['ada', 'Ada', 'grace', 'عمر', "o'hara@b.com"];
const NEW_ADDRESS = 'New@Example.com';
const GROUPS = ['Readers', 'Editors', 'редакторы'];
const PASSWORDS = ['correct horse 42', 'lètmein', '  ', '😀'.repeat(20)];

/** What only a model of one's own has. */
const FURTHER = [
  ['phone', '+49 30 1'],
  ['floor', 2_147_483_647],
  ['floor', null],
] as const;

/** One thing that either side does; what has no meaning at that moment is left out. */
const step = fc.record({
  isDjangos: fc.boolean(),
  what: fc.constantFrom(
    ...['create', 'create', 'create', 'change', 'change', 'password', 'join', 'join', 'leave'],
    ...['grant', 'revoke', 'grant to group', 'delete', 'make group', 'make group', 'delete group'],
  ),
  username: fc.constantFrom(...NAMES),
  group: fc.constantFrom(...GROUPS),
  password: fc.constantFrom(...PASSWORDS),
  permission: fc.nat(31),
  changes: fc.subarray(
    [
      ['email', NEW_ADDRESS],
      ['firstName', 'Élise'],
      ['lastName', 'von 한국'],
      ['isActive', false],
      ['isActive', true],
      ['isStaff', true],
      ['isSuperuser', true],
      ['isSuperuser', false],
      ...(isOwnModel ? FURTHER : []),
    ] as const,
    { minLength: 1, maxLength: 3 },
  ),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const [SAMPLE, ALL] = [60, isOwnModel ? 400 : 800];

describeWithDjango('both applications on one database', () => {
  const limit = limitOf(isLong ? ALL : SAMPLE, 3);
  let django: Django;
  let permissions: number[];
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await freshDatabase();
    django = new Django(djangosCosts);
    permissions = [...(await permissionIds()).values()];
  });

  afterAll(async () => {
    await django?.stop();
    await tearDown?.();
  });

  it('see at once what the other did, and see the same', limit, async () => {
    const steps = generate(step, SAMPLE, ALL);
    for (const one of steps) {
      const grant = permissions[one.permission] ?? 0;
      await overrideSettings({ ...ourCosts, TIME_ZONE: timeZone }, async () => {
        if (!(await isPossible(one))) return;
        if (one.isDjangos) await djangoDoes(django, one, grant);
        else await weDo(one, grant);
        compareAll([one], [await ourState()], [await django.ask('state')]);
        await compareSignIn(django, one);
      });
    }
  });

  it('end a session when the other deactivates, deletes, or changes the password', async () => {
    await overrideSettings(ourCosts, async () => {
      const changes: [name: string, named: Record<string, unknown>][] = [
        ['change_user', { changes: { is_active: false } }],
        ['set_password', { password: 'another 42' }],
        ['delete_user', {}],
      ];
      for (const [name, named] of changes) {
        const username = `session ${name}`;
        const user = await users.createUser({ username, password: 'correct horse 42' });
        const seal = await signedIn(user);
        expect((await requestWith(seal)).user.isAuthenticated).toBe(true);
        await django.ask(name, { username, ...named });
        expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
        count(1);
      }
    });
  });
});

async function isPossible({ what, username, group, changes }: Step): Promise<boolean> {
  const hasUser = (await db.user.count({ where: { username } })) > 0;
  if (what === 'change' && isOwnModel && changes.some(([name]) => name === 'email')) {
    return hasUser && (await db.user.count({ where: { username: NEW_ADDRESS } })) === 0;
  }
  const hasGroup = (await db.group.count({ where: { name: group } })) > 0;
  if (what === 'create') return !hasUser;
  if (what === 'make group') return !hasGroup;
  if (what === 'join' || what === 'leave') return hasUser && hasGroup;
  return what.endsWith('group') ? hasGroup : hasUser;
}

async function djangoDoes(django: Django, did: Step, permission: number): Promise<void> {
  const { username, group, password, changes } = did;
  const renamed = changes.map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  const calls = new Map<string, [name: string, named: Record<string, unknown>]>(
    Object.entries({
      create: ['create_user', { username, email: `${username}@EXAMPLE.com`, password }],
      change: ['change_user', { username, changes: Object.fromEntries(renamed) }],
      password: ['set_password', { username, password }],
      join: ['set_member', { username, group, member: true }],
      leave: ['set_member', { username, group, member: false }],
      grant: ['set_grant', { username, permission, granted: true }],
      revoke: ['set_grant', { username, permission, granted: false }],
      'grant to group': ['set_group_grant', { group, permission, granted: true }],
      delete: ['delete_user', { username }],
      'make group': ['create_group', { name: group }],
      'delete group': ['delete_group', { group }],
    }),
  );
  const [name, named] = calls.get(did.what) ?? [did.what, {}];
  await django.ask(name, named);
}

async function weDo(did: Step, permissionId: number): Promise<void> {
  const { what, username, group, password, changes } = did;
  if (what === 'create') {
    await users.createUser({ username, email: `${username}@EXAMPLE.com`, password });
    return;
  }
  if (what === 'make group') {
    await db.group.create({ data: { name: group } });
    return;
  }
  const groupId = (await db.group.findUnique({ where: { name: group } }))?.id ?? 0;
  if (what === 'delete group') {
    await deleteGroup(groupId);
    return;
  }
  if (what === 'grant to group') {
    const row = { groupId, permissionId };
    await db.groupPermission.deleteMany({ where: row });
    await db.groupPermission.create({ data: row });
    return;
  }
  const user = await users.getByNaturalKey(username);
  if (user) await weDoTo(user, what, { groupId, permissionId, password, changes });
}

async function weDoTo(
  user: User,
  what: Step['what'],
  named: { groupId: number; permissionId: number } & Pick<Step, 'password' | 'changes'>,
): Promise<void> {
  const { groupId, permissionId, password, changes } = named;
  const membership = { userId: user.id, groupId };
  const grant = { userId: user.id, permissionId };
  if (what === 'change') {
    Object.assign(user, Object.fromEntries(changes));
    await user.save();
  }
  if (what === 'password') {
    await user.setPassword(password);
    await user.save(['password']);
  }
  if (what === 'delete') await user.delete();
  if (what === 'join' || what === 'leave') await db.userGroup.deleteMany({ where: membership });
  if (what === 'join') await db.userGroup.create({ data: membership });
  if (what === 'grant' || what === 'revoke') await db.userPermission.deleteMany({ where: grant });
  if (what === 'grant') await db.userPermission.create({ data: grant });
}

/** The same as `state` of django_side.py. */
async function ourState() {
  const rows = await db.user.findMany({ orderBy: { id: 'asc' } });
  const groups = await db.group.findMany({
    orderBy: { id: 'asc' },
    include: { permissions: true },
  });
  return {
    users: await Promise.all(rows.map(({ id }) => stateOf(id))),
    groups: groups.map(({ name, permissions }) => ({
      name,
      permissions: ascending(permissions.map(({ permissionId }) => permissionId)),
    })),
  };
}

async function stateOf(id: number) {
  const user = await users.getById(id);
  if (!user) throw new Error(`There is no user ${id}.`);
  const memberships = await db.userGroup.findMany({ where: { userId: id } });
  const groupIds = memberships.map(({ groupId }) => groupId);
  const groups = await db.group.findMany({ where: { id: { in: groupIds } } });
  const grants = await db.userPermission.findMany({ where: { userId: id } });
  return {
    id,
    username: user.username,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    password: user.encodedPassword(),
    isActive: user.isActive,
    isStaff: user.isStaff,
    isSuperuser: user.isSuperuser,
    lastLogin: user.lastLogin?.getTime() ?? null,
    dateJoined: user.dateJoined.getTime(),
    groups: groups.map(({ name }) => name).sort(),
    permissions: ascending(grants.map(({ permissionId }) => permissionId)),
    held: [...(await user.getAllPermissions())].sort(),
    sessionAuthHash: user.getSessionAuthHash(),
    ...('phone' in user && { phone: user.phone }),
    ...('floor' in user && { floor: user.floor }),
  };
}

async function compareSignIn(django: Django, { username, password }: Step): Promise<void> {
  const theirs = await django.ask<boolean>('signs_in', { username, password });
  const ours = (await authenticate(null, { username, password })) !== null;
  compareAll([{ username, password }], [ours], [theirs]);
}

function ascending(ids: number[]): number[] {
  return ids.sort((a, b) => a - b);
}
