import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { type AuthRequest, authenticate, login } from '@/lib/contrib/auth';
import { registerBackend } from '@/lib/contrib/auth/backends';
import {
  AllowAllUsersRemoteUserBackend,
  RemoteUserBackend,
} from '@/lib/contrib/auth/backends/remote-user';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { processRemoteUser } from '@/lib/contrib/auth/remote-user/process-remote-user';
import { users } from '@/lib/contrib/auth/users/managers';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { client, makeUser, requestWith, save } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const BEFORE = ['SessionMiddleware', 'AuthenticationMiddleware'];
const strict = { MIDDLEWARE: [...BEFORE, 'RemoteUserMiddleware'] };
const persistent = { MIDDLEWARE: [...BEFORE, 'PersistentRemoteUserMiddleware'] };
const AUTHENTICATION_BACKENDS = ['RemoteUserBackend', 'ModelBackend'];

class Known extends RemoteUserBackend {
  override readonly name = 'Known';
  override readonly createUnknownUser = false;
}

class Cleaning extends RemoteUserBackend {
  override readonly name = 'Cleaning';
  readonly configured: boolean[] = [];
  override cleanUsername(name: string): string {
    return name.split('@')[0] ?? name;
  }
  override async configureUser(_: unknown, user: User, isCreated: boolean): Promise<User> {
    this.configured.push(isCreated);
    return user;
  }
}

const cleaning = new Cleaning();

beforeAll(() => registerHasher(countingHasher()));
beforeAll(() => registerBackend(new Known()));
beforeAll(() => registerBackend(cleaning));
beforeAll(freshDatabase);

const newName = () => `remote-${randomUUID()}`;

/** One request of the browser that holds this seal, to a proxy that says this. */
async function ask(
  name: string | null,
  { seal, ...changed }: { seal?: SessionSeal | null } & Parameters<typeof overrideSettings>[0] = {},
): Promise<{ request: AuthRequest; seal: SessionSeal | null }> {
  return overrideSettings({ ...strict, AUTHENTICATION_BACKENDS, ...changed }, async () => {
    const request = await requestWith(seal ?? undefined);
    await processRemoteUser(request, name);
    const change = await request.session.save(client);
    if (change === 'delete') return { request, seal: null };
    return { request, seal: change ?? seal ?? null };
  });
}

/** The seal of somebody who signed in with a password. */
async function byPassword(user: User): Promise<SessionSeal> {
  const request = await requestWith();
  await login(request, user, { backend: 'ModelBackend' });
  return save(request);
}

describe('RemoteUserMiddleware', () => {
  it.each([[null], ['']])('leaves a stranger whom the header %j does not name', async (name) => {
    const { request, seal } = await ask(name);
    expect(request.user.isAuthenticated).toBe(false);
    expect(seal).toBeNull();
  });

  it('makes and signs in whom nobody knows, with a password that nothing matches', async () => {
    const name = newName();
    const { request } = await ask(name);
    expect(request.user.getUsername()).toBe(name);
    const user = await users.getByNaturalKey(name);
    expect(user?.encodedPassword()).toBe('');
    expect(user?.hasUsablePassword()).toBe(true);
    expect(await user?.checkPassword('')).toBe(false);
    expect(await authenticate(null, { username: name, password: '' })).toBeNull();
  });

  it('makes nobody when told so', async () => {
    const name = newName();
    const { request } = await ask(name, { AUTHENTICATION_BACKENDS: ['Known'] });
    expect(request.user.isAuthenticated).toBe(false);
    expect(await users.getByNaturalKey(name)).toBeNull();
    await users.createUser({ username: name });
    const again = await ask(name, { AUTHENTICATION_BACKENDS: ['Known'] });
    expect(again.request.user.getUsername()).toBe(name);
  });

  it('keeps user and key for the same header', async () => {
    const name = newName();
    const { seal } = await ask(name);
    const again = await ask(name, { seal });
    expect(again.request.user.getUsername()).toBe(name);
    expect(again.seal?.key).toBe(seal?.key);
  });

  it('signs out when the header is gone', async () => {
    const { seal } = await ask(newName());
    const again = await ask(null, { seal });
    expect(again.request.user.isAuthenticated).toBe(false);
    expect(again.seal).toBeNull();
  });

  it('keeps the session without the header when it is the persistent one', async () => {
    const name = newName();
    const { seal } = await ask(name, persistent);
    const again = await ask(null, { seal, ...persistent });
    expect(again.request.user.getUsername()).toBe(name);
    expect(again.seal?.key).toBe(seal?.key);
  });

  it('ends the session of one name when the header says another', async () => {
    const [first, second] = [newName(), newName()];
    const { seal, request } = await ask(first);
    const before = request.session.id;
    const again = await ask(second, { seal });
    expect(again.request.user.getUsername()).toBe(second);
    expect(again.seal?.key).not.toBe(seal?.key);
    expect(await db.session.count({ where: { id: before ?? 0 } })).toBe(0);
  });

  it('ends it also when the other may not sign in', async () => {
    const { username } = await users.createUser({ username: newName(), isActive: false });
    for (const other of [username, 'x'.repeat(151), '']) {
      const { seal } = await ask(newName());
      const again = await ask(other, { seal });
      expect(again.request.user.isAuthenticated).toBe(false);
      expect(again.seal).toBeNull();
    }
  });

  it('signs an inactive user in only with the backend that allows all', async () => {
    const { username } = await users.createUser({ username: newName(), isActive: false });
    expect((await ask(username)).request.user.isAuthenticated).toBe(false);
    const backends = [new AllowAllUsersRemoteUserBackend().name];
    const { request } = await ask(username, { AUTHENTICATION_BACKENDS: backends });
    expect(request.user.isAuthenticated).toBe(true);
    expect(await request.user.getAllPermissions()).toEqual(new Set());
  });

  it('leaves a session alone that a password began', async () => {
    const user = await makeUser();
    const seal = await byPassword(user);
    const { request } = await ask(null, { seal });
    expect(request.user.equals(user)).toBe(true);
    const named = await ask(user.username, { seal });
    expect(named.seal?.key).toBe(seal.key);
  });

  it('signs in another name over a session that a password began', async () => {
    const seal = await byPassword(await makeUser());
    const name = newName();
    const { request } = await ask(name, { seal });
    expect(request.user.getUsername()).toBe(name);
  });

  it('cleans names before looking and comparing, and configures at every sign-in', async () => {
    const name = newName();
    const told = { AUTHENTICATION_BACKENDS: ['Cleaning'] };
    const { request, seal } = await ask(`${name}@EXAMPLE`, told);
    expect(request.user.getUsername()).toBe(name);
    expect((await ask(`${name}@OTHER`, { seal, ...told })).seal?.key).toBe(seal?.key);
    await ask(`${name}@EXAMPLE`, told);
    expect(cleaning.configured).toEqual([true, false]);
  });

  it('makes one user for two requests at once', async () => {
    const name = newName();
    const both = await Promise.all([ask(name), ask(name)]);
    const ids = both.map(({ request }) => request.user.id);
    expect(ids[0]).not.toBeNull();
    expect(ids[0]).toBe(ids[1]);
  });

  it('takes a name that no row can hold for nobody', async () => {
    expect((await ask('x'.repeat(151))).request.user.isAuthenticated).toBe(false);
  });

  it('believes nothing while it is not listed', async () => {
    const { request } = await ask(newName(), { MIDDLEWARE: BEFORE });
    expect(request.user.isAuthenticated).toBe(false);
  });
});
