import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { setUserPassword } from '@/lib/contrib/auth/admin/set-password';
import { registerBackend } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { told } from '@/tests/support/admin/list-form';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, requestOf, screens, signIn } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const SHARED: PermissionName[] = [
  ...(['auth.view_user', 'auth.change_user', 'auth.delete_user'] as const),
  ...(['sessions.view_session', 'sessions.delete_session'] as const),
  ...(['security.view_throttle', 'security.delete_throttle'] as const),
];
const REFUSED = /Nobody grants what they do not hold, and you do not hold auth\.view_group/;

let made = 0;
let changer: User;
/** Two who hold one permission more, one of them asleep and in a group only. */
let mighty: User;
let sleeper: User;
let root: User;
let plain: User;

beforeEach(async () => {
  made += 1;
  const named = (name: string) => ({ username: `${name}${made}`, email: `${name}${made}@x.test` });
  changer = await makeStaff(...SHARED);
  mighty = await users.createUser({ ...named('mighty'), isStaff: true });
  await grant(mighty, 'auth.view_group');
  sleeper = await users.createUser({ ...named('sleeper'), isActive: false });
  await joinGroup(sleeper, await makeGroup(`more${made}`, ['auth.view_group']));
  root = await users.createUser({ ...named('root'), isSuperuser: true });
  plain = await users.createUser({ ...named('plain') });
});

/** Each way to touch somebody's account; true when it was done, else why it was not. */
const WAYS: Record<string, (by: User, of: User) => Promise<true | string>> = {
  password: async (by, of) =>
    setUserPassword({ ...requestOf(by), user: by }, of, null).then(() => true as const, sentence),
  email: (by, of) => change(by, of, { email: `taken${made}@x.test` }),
  username: (by, of) => change(by, of, { username: `taken${of.id}` }),
  'active in the form': (by, of) => turn(by, of),
  'active in the list': (by, of) => act(by, of, of.isActive ? 'deactivate' : 'activate'),
  'staff status': (by, of) => change(by, of, { is_staff: of.isStaff ? [] : 'on', email: 'x@y.zz' }),
  'sessions in the list of users': async (by, of) => {
    await signIn(of);
    return act(by, of, 'end_sessions');
  },
  'one session': async (by, of) => {
    await signIn(of);
    const rows = await db.session.findMany({ where: { userId: of.id } });
    return remove('sessions.session', by, [rows.at(-1)?.id ?? 0]);
  },
  'sessions in their list': async (by, of) => {
    await signIn(of);
    await signIn(plain);
    const where = { userId: { in: [of.id, plain.id] } };
    const ids = (await db.session.findMany({ where })).map(({ id }) => String(id));
    const fields = { action: 'delete_selected', post: 'yes', _selected_action: ids };
    const outcome = await told(by, fields, screens('sessions.session'));
    return outcome.level === 'success' || outcome.text;
  },
  'a wait': async (by, of) => {
    await reserveAttempt('login', { account: of.username, network: '' });
    return remove('security.throttle', by, [await lastThrottle()]);
  },
  'a wait at an address': async (by, of) => {
    await reserveAttempt('login', { account: of.email, network: '' });
    return remove('security.throttle', by, [await lastThrottle()]);
  },
  deletion: (by, of) => remove('auth.user', by, [of.id]),
};

describe('whoever touches the account of another', () => {
  it.each(Object.keys(WAYS))('holds all that the other holds: %s', async (name) => {
    const way = WAYS[name];
    if (!way) throw new Error(name);
    for (const target of [mighty, sleeper]) expect(await way(changer, target)).toMatch(REFUSED);
    expect(await way(changer, root)).toMatch(/Only a superuser .+ is one\.$/);
    expect(await way(changer, plain)).toBe(true);
    const boss = await users.createUser({
      username: `boss${made}`,
      isStaff: true,
      isSuperuser: true,
    });
    expect(await way(boss, mighty)).toBe(true);
  });

  it.each(Object.keys(WAYS))('may do so once they hold it too: %s', async (name) => {
    await db.logEntry.deleteMany({});
    const equal = await makeStaff(...SHARED, 'auth.view_group');
    expect(await WAYS[name]?.(equal, sleeper)).toBe(true);
    expect(await WAYS[name]?.(equal, mighty)).toBe(true);
  });

  it.each(Object.keys(WAYS))('is not asked where the settings say so: %s', async (name) => {
    await overrideSettings({ GRANT_ONLY_HELD_PERMISSIONS: false }, async () => {
      expect(await WAYS[name]?.(changer, mighty)).toBe(true);
      expect(await WAYS[name]?.(changer, root)).toMatch(/Only a superuser/);
    });
  });

  it('may change what nobody is known by or comes in with', async () => {
    expect(await change(changer, mighty, { first_name: 'Mia', groups: [] })).toBe(true);
    expect(await change(changer, changer, { email: 'own@x.test' })).toBe(true);
  });

  it('holds what a backend beside the tables grants to the other', async () => {
    const undo = registerBackend({
      name: 'Directory',
      hasPerm: async (user, perm) => user.id === plain.id && perm === 'auth.add_group',
    });
    const backends = { AUTHENTICATION_BACKENDS: ['ModelBackend', 'Directory'] };
    await overrideSettings(backends, async () =>
      expect(await change(changer, plain, { email: 'd@x.test' })).toContain('auth.add_group'),
    );
    undo();
  });

  it('is refused for those of many whom they may not touch, and says it once', async () => {
    const fields = { action: 'deactivate', _selected_action: [mighty, plain, root].map(idOf) };
    const { level, text } = await told(changer, fields);
    expect(level).toBe('warning');
    expect(text).toContain('Deactivated 1 user.');
    expect(text).toMatch(REFUSED);
    const rows = await db.user.findMany({ where: { id: { in: [mighty.id, plain.id, root.id] } } });
    expect(rows.filter(({ isActive }) => !isActive).map(({ id }) => id)).toEqual([plain.id]);
  });
});

describe('an address', () => {
  it.each([
    ['as it is', (email: string) => email],
    ['in capitals', (email: string) => email.toUpperCase()],
  ])('of a superuser is given to nobody, not even by one, %s', async (_how, spell) => {
    const boss = await users.createUser({
      username: `b${made}`,
      isStaff: true,
      isSuperuser: true,
    });
    for (const by of [changer, boss]) {
      for (const of of [plain, by]) {
        expect(await change(by, of, { email: spell(root.email) })).toContain(
          'who is a superuser, may sign in with this',
        );
        expect(await change(by, of, { username: spell(root.email) })).toContain('superuser');
      }
    }
    expect(await change(boss, root, { email: spell(root.email), first_name: 'R' })).toBe(true);
  });

  it('that is the name of a superuser is refused too', async () => {
    await users.createUser({ username: `boss${made}@x.test`, isSuperuser: true });
    expect(await change(changer, plain, { email: `Boss${made}@x.test` })).toContain('superuser');
  });

  it('of somebody who holds more is refused, of anybody else not', async () => {
    const asked = { email: mighty.email.toUpperCase() };
    expect(await change(changer, plain, asked)).toContain(`${mighty.username} may sign in with`);
    const other = await users.createUser({ username: `o${made}`, email: `o${made}@x.test` });
    expect(await change(changer, plain, { email: other.email })).toBe(true);
  });
});

it('what somebody did stays in the history unless one may delete entries', async () => {
  await signIn(plain);
  await db.userPermission.deleteMany({ where: { userId: plain.id } });
  const colleague = await makeStaff('auth.change_user', 'auth.view_user');
  await change(colleague, plain, { first_name: 'Changed' });
  expect(await remove('auth.user', changer, [colleague.id])).toContain('admin.delete_logentry');
  expect(await db.logEntry.count({ where: { userId: colleague.id } })).toBe(1);
  const may = await makeStaff(...SHARED, 'admin.delete_logentry');
  expect(await remove('auth.user', may, [colleague.id])).toBe(true);
});

async function change(by: User, of: User, fields: Record<string, string | string[]>) {
  const form = { ...(await untouched(screens('auth.user'), of.id)), ...fields };
  const saved = await save('auth.user', form, { id: of.id, by });
  if (saved.kind === 'refused') return Object.values(saved.errors).flat().join(' ');
  return saved.kind === 'saved' || saved.kind;
}

async function turn(by: User, of: User) {
  const { is_active: _active, ...form } = await untouched(screens('auth.user'), of.id);
  const saved = await save(
    'auth.user',
    { ...form, ...(!of.isActive && { is_active: 'on' }) },
    { id: of.id, by },
  );
  if (saved.kind === 'refused') return Object.values(saved.errors).flat().join(' ');
  return saved.kind === 'saved' || saved.kind;
}

async function act(by: User, of: User, action: string) {
  const { level, text } = await told(by, { action, _selected_action: [idOf(of)] });
  return level === 'success' || text;
}

async function remove(key: string, by: User, ids: number[]) {
  const { count, refusals } = await deleteRows(screens(key), ids, requestOf(by));
  return count > 0 || refusals.join(' ');
}

async function lastThrottle() {
  return (await db.throttle.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
}

function sentence(error: unknown): string {
  if (error instanceof PermissionDenied) return error.message;
  throw error;
}

function idOf({ id }: User): string {
  return String(id);
}
