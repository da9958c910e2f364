import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { type AuthRequest, authenticate, login, logout } from '@/lib/contrib/auth';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { Session } from '@/lib/contrib/sessions/session';
import { sha256Hex } from '@/lib/core/crypto';
import { db, transaction } from '@/lib/db/client';
import { MAX_LIMITED_ROWS } from '@/lib/extras/security-log/security-log';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import {
  client,
  counting,
  makeUser,
  PASSWORD,
  requestWith,
  save,
  signedIn,
} from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

beforeEach(async () => {
  await db.securityLogEntry.deleteMany();
  await db.throttle.deleteMany();
});

type Request = AuthRequest & typeof client;

function stranger(): Request {
  return { session: new Session(), user: new AnonymousUser(), ...client };
}

function entries() {
  return db.securityLogEntry.findMany({ orderBy: { id: 'asc' } });
}

async function events(): Promise<string[]> {
  return (await entries()).map(({ event }) => event);
}

/** What the sign-in action does. */
async function trySignIn(username: string, password: string): Promise<Request> {
  const request = stranger();
  const keys = { account: username, network: client.ipAddress };
  const attempt = await reserveAttempt('login', keys, { request });
  if (!attempt.allowed) return request;
  request.attempt = attempt;
  const credentials = { username, password };
  const user = await overrideSettings(counting, () => authenticate(request, credentials));
  if (!user) return request;
  await login(request, user);
  return request;
}

async function printed(work: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  await overrideSettings({ SECURITY_LOG_STDOUT: true }, work);
  vi.restoreAllMocks();
  return lines.join('');
}

describe('the security log', () => {
  it('knows who signed in, when, from where and in which session', async () => {
    const user = await makeUser();
    const before = Date.now();
    const request = await trySignIn(user.username, PASSWORD);
    const { key } = await save(request);
    const [entry] = await entries();
    expect(entry).toMatchObject({
      event: 'authn_login_success',
      actorId: user.id,
      actorUsername: user.username,
      targetId: null,
      targetUsername: '',
      ...client,
      sessionKey: sha256Hex(key),
    });
    expect(entry?.time.getTime()).toBeGreaterThanOrEqual(before);
    expect(await db.session.count({ where: { sessionKey: entry?.sessionKey } })).toBe(1);
    expect(JSON.parse(entry?.detail ?? '')).toEqual({
      backend: 'ModelBackend',
      failures: 0,
      methods: ['password'],
    });
  });

  it('tells of failures, of the one that brings the wait, of refusals and of success after all', async () => {
    const { username, id } = await makeUser();
    await trySignIn(username, 'wrong');
    await trySignIn(username, PASSWORD);
    for (let i = 0; i < settings.THROTTLES.login.account.free + 3; i += 1) {
      await trySignIn(username, 'wrong');
    }
    expect(await events()).toEqual([
      'authn_login_fail',
      'authn_login_successafterfail',
      ...Array(5).fill('authn_login_fail'),
      'authn_login_fail_max',
      'excess_rate_limit_exceeded',
    ]);
    const about = (await entries()).filter(({ event }) => event !== 'authn_login_successafterfail');
    for (const entry of about) {
      expect(entry).toMatchObject({ actorId: null, targetId: id, targetUsername: username });
      expect(entry.ipAddress).toBe(client.ipAddress);
    }
  });

  it('tells of a sign-out, and not of a stranger who signs out', async () => {
    const user = await makeUser();
    const seal = await signedIn(user);
    await db.securityLogEntry.deleteMany();
    await logout(await requestWith(seal));
    await logout(stranger());
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ event: 'session_expired', actorId: user.id });
    expect(entry?.sessionKey).toBe(sha256Hex(seal.key));
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ reason: 'logout' });
  });

  it('keeps the name of a failed sign-in only if it is a user’s', async () => {
    for (const typed of ['my secret password', '', 'x'.repeat(10_000), 'a\0b', '\ud800']) {
      await trySignIn(typed, 'canary-in-the-password');
    }
    const all = await entries();
    expect(all.map(({ event }) => event)).toEqual(Array(5).fill('authn_login_fail'));
    expect(new Set(all.map((entry) => entry.targetUsername + entry.actorUsername))).toEqual(
      new Set(['']),
    );
    for (const canary of ['my secret password', 'canary', 'xxxx']) {
      expect(JSON.stringify(all)).not.toContain(canary);
    }
  });

  it('holds no secret, in the table or on stdout', async () => {
    const user = await makeUser({ password: 'canary-password' });
    let key = '';
    const output = await printed(async () => {
      for (const password of ['canary-wrong', 'canary-wrong', 'canary-password']) {
        const request = await trySignIn(user.username, password);
        request.session.set('token', 'canary-token');
        key = (await save(request)).key;
      }
      await trySignIn('canary-typed-into-the-name', 'canary-password');
      for (let i = 0; i < 9; i += 1) await trySignIn(user.username, 'canary-wrong');
    });
    const tables = JSON.stringify([await entries(), await db.throttle.findMany()]);
    for (const place of [output, tables]) {
      expect(place.length).toBeGreaterThan(100);
      expect(place).not.toMatch(/canary/);
      expect(place).not.toContain(key);
      expect(place).not.toContain(settings.SECRET_KEY);
    }
    expect(tables).toContain(sha256Hex(key));
  });

  it('prints one line of ASCII for each event, whatever a visitor sends', async () => {
    const userAgent = 'A"\r\n{"event":"authn_login_success"}\u001b[2J\u009b\u2028\u202e\ud800é';
    const request = { ipAddress: '192.0.2.1', userAgent, session: new Session() };
    const output = await printed(() => logSecurityEvent({ name: 'authz_fail', request }));
    expect(output).toMatch(/^[\x20-\x7e]+\n$/);
    const [entry] = await entries();
    expect(JSON.parse(output)).toMatchObject({
      type: 'security',
      event: 'authz_fail',
      userAgent: userAgent.toWellFormed(),
      time: entry?.time.toISOString(),
      detail: {},
    });
    expect(await printed(async () => {})).toBe('');
  });

  it('prints nothing where it should not, and stores nothing where it should only print', async () => {
    const quiet = { SECURITY_LOG_STDOUT: false };
    const output = await printed(() =>
      overrideSettings(quiet, () => logSecurityEvent({ name: 'authz_fail' })),
    );
    expect(output).toBe('');
    await db.securityLogEntry.deleteMany();
    const line = await printed(() => logSecurityEvent({ name: 'malicious_csrf' }, 'limited'));
    expect(JSON.parse(line)).toMatchObject({ event: 'malicious_csrf' });
    expect(await entries()).toEqual([]);
  });

  it('lets nobody fill the table with refusals, and prints them all the same', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const refuse = (actor: User) => logSecurityEvent({ name: 'authz_fail', actor }, 'limited');
    for (let i = 0; i < MAX_LIMITED_ROWS + 5; i += 1) await refuse(user);
    expect(await entries()).toHaveLength(MAX_LIMITED_ROWS);
    expect(await printed(() => refuse(user))).toContain('authz_fail');
    await refuse(other);
    await logSecurityEvent({ name: 'malicious_csrf', actor: user }, 'limited');
    await logSecurityEvent({ name: 'authn_login_success', actor: user });
    expect(await entries()).toHaveLength(MAX_LIMITED_ROWS + 3);
    const earlier = new Date(Date.now() - 3_601_000);
    await db.securityLogEntry.updateMany({ data: { time: earlier } });
    await refuse(user);
    expect(await entries()).toHaveLength(MAX_LIMITED_ROWS + 4);
  });

  it('fits what does not fit: a long browser name, a long address', async () => {
    const request = { ipAddress: 'z'.repeat(99), userAgent: `\0${'é'.repeat(999)}` };
    await logSecurityEvent({ name: 'authz_fail', request });
    const [entry] = await entries();
    expect(entry?.ipAddress).toHaveLength(45);
    expect(entry?.userAgent).toBe('é'.repeat(255));
  });

  it('is part of the transaction it is given', async () => {
    const target = { id: 1, username: 'ada' };
    const change = transaction(async (tx) => {
      await logSecurityEvent({ name: 'authn_password_change', target, tx });
      throw new Error('undone');
    });
    await expect(change).rejects.toThrow('undone');
    expect(await entries()).toEqual([]);
    await transaction((tx) => logSecurityEvent({ name: 'authn_password_change', target, tx }));
    expect(await entries()).toMatchObject([{ targetId: 1, targetUsername: 'ada' }]);
  });

  it('costs a sign-in one statement, and a failure as many for nobody as for somebody', async () => {
    const user = await makeUser();
    const inserts = (statements: string[]) =>
      statements.filter((sql) => sql.includes('auth_security_log'));
    const signingIn = await statementsOf(() => login(stranger(), user));
    expect(inserts(signingIn)).toHaveLength(1);
    const failing = (username: string) =>
      statementsOf(() =>
        overrideSettings(counting, () => authenticate(stranger(), { username, password: 'x' })),
      );
    const [known, unknown] = [await failing(user.username), await failing('nobody')];
    expect(known).toEqual(unknown);
    expect(inserts(known)).toHaveLength(1);
    expect(known).toHaveLength(3);
  });

  it('lets nobody in of whom it cannot tell, and a failure go on, with a word on stderr', async () => {
    const user: User = await makeUser();
    const reported: unknown[][] = [];
    console.error = (...args: unknown[]) => void reported.push(args);
    await db.$executeRawUnsafe('ALTER TABLE auth_security_log RENAME TO gone');
    try {
      await expect(trySignIn(user.username, PASSWORD)).rejects.toThrow();
      expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
      expect((await reload(user)).lastLogin).toBeNull();
      await trySignIn(user.username, 'wrong');
    } finally {
      await db.$executeRawUnsafe('ALTER TABLE gone RENAME TO auth_security_log');
    }
    expect(reported).toHaveLength(1);
    expect(String(reported[0])).toMatch(
      /^\[security\] The security log could not be written \(\w+ P\d+\): {.*"event":"authn_login_fail"/,
    );
    expect(String(reported)).not.toContain('wrong');
    expect(await events()).toEqual([]);
  });
});
