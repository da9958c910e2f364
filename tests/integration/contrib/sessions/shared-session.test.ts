import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { checkDjangosSessions, checkSessionEngine } from '@/lib/contrib/sessions/backends/checks';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { endElsewhere, endSessions, endSessionsOf } from '@/lib/contrib/sessions/store';
import { sha256Hex } from '@/lib/core/crypto';
import { db, transaction } from '@/lib/db/client';
import { loginRequired, permissionRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { grant } from '@/tests/support/auth/grants';
import { makeUser } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import {
  beginAtDjango,
  djangosSessions,
  makeDjangosTable,
  readAtDjango,
} from '@/tests/support/django-site/django-sessions';
import { statementsOf } from '@/tests/support/statements';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(async () => {
  const tearDown = await freshDatabase();
  await makeDjangosTable();
  return tearDown;
});
beforeAll(() => djangosSessions());

const signedIn = probe(loginRequired);
const permitted = probe(permissionRequired('auth.view_user'));
const HEADERS = { 'user-agent': 'Tester', 'x-forwarded-for': '192.0.2.7' };

const ask = (key: string, of = signedIn) =>
  of.ask('page', { cookie: `sessionid=${key}`, headers: HEADERS });
const rowOf = (key: string) => db.session.findUnique({ where: { sessionKey: sha256Hex(key) } });

describe('a session of Django’s', () => {
  it('costs one statement, and two with a permission, once it has been seen', async () => {
    const user = await makeUser();
    await grant(user, 'auth.view_user');
    const key = await beginAtDjango(user);
    expect(await ask(key)).toMatchObject({ ran: true, user: user.username });
    expect(await statementsOf(() => ask(key))).toHaveLength(1);
    expect(await statementsOf(() => ask(key, permitted))).toHaveLength(2);
  });

  it('is known from its first request on by browser and address, and its key by hash', async () => {
    const key = await beginAtDjango(await makeUser());
    await ask(key);
    const row = await rowOf(key);
    expect(row).toMatchObject({ userAgent: 'Tester', ipAddress: '192.0.2.7', djangoKey: key });
    await ask(key);
    expect((await rowOf(key))?.id).toBe(row?.id);
  });

  it('is nobody’s with a key of another shape, of nobody, or past Django’s date', async () => {
    const user = await makeUser();
    const key = await beginAtDjango(user);
    for (const other of [key.toUpperCase(), key.slice(1), `${key}a`, `${key}%20`, 'x'.repeat(32)]) {
      expect((await ask(other)).ran).toBe(false);
    }
    expect((await ask(key)).ran).toBe(true);
    await db.$executeRaw`
      UPDATE django_session SET expire_date = ${new Date(0)} WHERE session_key = ${key}`;
    expect((await ask(key)).ran).toBe(false);
  });

  it('gives what we kept of one person to nobody else', async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const key = await beginAtDjango(ada);
    await ask(key);
    const where = { sessionKey: sha256Hex(key) };
    const sessionData = JSON.stringify({ _auth_methods: [{ method: 'totp', at: Date.now() }] });
    await db.session.update({ where, data: { sessionData } });
    const other = await beginAtDjango(eve);
    await db.$executeRaw`
      UPDATE django_session SET session_data = (
        SELECT d.session_data FROM django_session d WHERE d.session_key = ${other})
      WHERE session_key = ${key}`;
    expect(await ask(key)).toMatchObject({ ran: true, user: eve.username });
    const row = await rowOf(key);
    expect([row?.userId, row?.sessionData]).toEqual([eve.id, expect.not.stringContaining('totp')]);
  });

  it('is kept where no backend of ours has its name', async () => {
    const backend = 'shop.backends.CardBackend';
    const key = await beginAtDjango(await makeUser(), { _auth_user_backend: backend });
    expect((await ask(key)).ran).toBe(false);
    expect(await readAtDjango(key)).toMatchObject({ _auth_user_backend: backend });
  });

  it('ends at Django however it is ended here, and the others of its user too', async () => {
    const user = await makeUser();
    const [seen, other, unseen] = [
      await beginAtDjango(user),
      await beginAtDjango(user),
      await beginAtDjango(user),
    ];
    const foreign = await beginAtDjango(await makeUser());
    await Promise.all([seen, other].map((key) => ask(key)));
    const id = (await rowOf(seen))?.id ?? 0;
    await transaction((tx) => endElsewhere(tx, [id]));
    expect(await readAtDjango(seen)).toBeNull();
    await transaction((tx) => endSessions(tx, { sessionKey: sha256Hex(other) }));
    expect(await readAtDjango(other)).toBeNull();
    expect(await transaction((tx) => endSessionsOf(tx, [user.id]))).toBe(2);
    expect(await readAtDjango(unseen)).toBeNull();
    expect(await readAtDjango(foreign)).not.toBeNull();
  });
});

describe('the cookie of a shared session', () => {
  it('has Django’s name, without a prefix, or what the site calls it', async () => {
    expect(sessionCookieName(true)).toBe('sessionid');
    await overrideSettings({ SESSION_COOKIE_NAME: 'shop' }, () =>
      expect(sessionCookieName(true)).toBe('shop'),
    );
  });
});

describe('checks', () => {
  it('say what is lost, whom Django will not know, and whether its sessions can be read', async () => {
    const ids = () => checkSessionEngine().map(({ id }) => id);
    expect(ids()).toEqual(['sessions.W001']);
    const own = { AUTHENTICATION_BACKENDS: ['ModelBackend', 'CardBackend'] };
    expect(await overrideSettings(own, ids)).toEqual(['sessions.W001', 'sessions.W002']);
    expect(await overrideSettings({ SESSION_ENGINE: 'gatehouse' }, ids)).toEqual([]);
    await beginAtDjango(await makeUser());
    expect(await checkDjangosSessions()).toEqual([]);
    const foreign = { SECRET_KEY: 'another-secret-0123456789-0123456789-0123456789' };
    const found = await overrideSettings(foreign, checkDjangosSessions);
    expect(found.map(({ id }) => id)).toEqual(['sessions.W003']);
    await db.$executeRaw`ALTER TABLE django_session RENAME TO django_session_away`;
    const missing = await checkDjangosSessions();
    await db.$executeRaw`ALTER TABLE django_session_away RENAME TO django_session`;
    expect(missing.map(({ id }) => id)).toEqual(['sessions.E003']);
  });
});
