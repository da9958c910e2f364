import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { User, type UserRow } from '@/lib/contrib/auth/models';
import {
  decodeUid,
  encodeUid,
  PasswordResetTokenGenerator,
  type TokenUser,
} from '@/lib/contrib/auth/tokens';
import { userRow } from '@/tests/support/auth/user-row';

const PASSWORD = 'pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM=';
const ISSUED = new Date('2026-01-01T00:00:00Z');
const SECRET_KEY = 'test-secret-key';
const TIMEOUT = 259_200;

function userWith(changed: Partial<UserRow> = {}): User {
  return new User(userRow({ id: 7, password: PASSWORD, email: 'joe@example.com', ...changed }));
}

function at(moment: Date | string): PasswordResetTokenGenerator {
  return new PasswordResetTokenGenerator(() => new Date(moment));
}

function later(seconds: number): PasswordResetTokenGenerator {
  return at(new Date(ISSUED.getTime() + seconds * 1000));
}

function tokenOf(user: TokenUser, generator = at(ISSUED)): Promise<string> {
  return overrideSettings({ SECRET_KEY }, () => generator.makeToken(user));
}

function checks(user: TokenUser, token: string, generator = at(ISSUED)): Promise<boolean> {
  return overrideSettings({ SECRET_KEY }, () => generator.checkToken(user, token));
}

describe('makeToken', () => {
  it('makes what Django makes, before a first sign-in and after one', async () => {
    expect(await tokenOf(userWith())).toBe('d1p9c0-62b8554eda496384e9eec57df530f7ab');
    const lastLogin = new Date('2025-12-31T23:59:58.123456Z');
    expect(await tokenOf(userWith({ lastLogin }))).toBe('d1p9c0-b1dbe0d865bdae4f570f5862fe7e3100');
  });

  // Made by Django 5.2 for pk 7, password `pbkdf2_sha256$1$x$y`, last login 2025-12-31 23:59:58.999999.
  it.each([
    ['UTC', '2026-01-01T00:00:00Z', 'd1p9c0-6aeb9c08cafbddb50b507eb56b85f191'],
    ['Europe/Berlin', '2026-01-01T00:00:00Z', 'd1pc40-1cd22d38ce1570a7aec78f2547de12e7'],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', 'd66ivz-ce6ecac00b9cd3ef3362bd1be6b5c0e2'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 'd66lo0-ab83f086ce4efdb16742dd8031f82894'],
    ['Europe/Berlin', '2026-10-25T00:30:00Z', 'dgzga0-0cdf5cca684b8de0e195f0a3ba0467c2'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', 'dgzga0-0cdf5cca684b8de0e195f0a3ba0467c2'],
    ['America/New_York', '2026-10-25T01:30:00Z', 'dgz2e0-31ce9c50a7fdabd600bd0a54b952ee03'],
    ['Asia/Kathmandu', '2026-03-29T01:00:00Z', 'd66w30-aed121da0a0a68e9eabc60a7e8053a02'],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', 'd1q3w0-7634780aaca1532d0ab512c8bead33ef'],
    ['Australia/Lord_Howe', '2026-10-25T01:30:00Z', 'dh0820-0ecb62f54e50719569a313616be9aff5'],
  ])('counts the local time of %s at %s as Django does', async (TIME_ZONE, moment, token) => {
    const lastLogin = new Date('2025-12-31T23:59:58.999Z');
    const user = userWith({ password: 'pbkdf2_sha256$1$x$y', lastLogin });
    await overrideSettings({ TIME_ZONE }, async () => {
      expect(await tokenOf(user, at(moment))).toBe(token);
      expect(await checks(user, token, at(moment))).toBe(true);
    });
  });

  it('gives the same token in the same second, another in the next', async () => {
    const token = await tokenOf(userWith());
    expect(await tokenOf(userWith(), later(0.9))).toBe(token);
    expect(await tokenOf(userWith(), later(1))).not.toBe(token);
    expect(token).toHaveLength(39);
  });
});

describe('checkToken', () => {
  it.each<[string, Partial<UserRow>, boolean]>([
    ['nothing', {}, true],
    ['the username', { username: 'joseph' }, true],
    ['being active', { isActive: false }, true],
    ['the password', { password: PASSWORD.replace('mJQ', 'mJR') }, false],
    ['a sign-in', { lastLogin: new Date('2026-01-01T00:00:01Z') }, false],
    ['the email address', { email: 'joe@example.org' }, false],
    ['the id', { id: 8 }, false],
  ])('after a change of %s', async (_what, changed, expected) => {
    const token = await tokenOf(userWith());
    expect(await checks(userWith(changed), token)).toBe(expected);
  });

  it.each([
    [0, true],
    [1, true],
    [TIMEOUT - 1, true],
    [TIMEOUT, true],
    [TIMEOUT + 1, false],
    [-3600, true],
  ])('after %d seconds says %s', async (seconds, expected) => {
    expect(await checks(userWith(), await tokenOf(userWith()), later(seconds))).toBe(expected);
  });

  it('follows PASSWORD_RESET_TIMEOUT as it is when the link is opened', async () => {
    const token = await tokenOf(userWith());
    await overrideSettings({ PASSWORD_RESET_TIMEOUT: 60 }, async () => {
      expect(await checks(userWith(), token, later(60))).toBe(true);
      expect(await checks(userWith(), token, later(61))).toBe(false);
    });
  });

  it.each([
    '',
    'a',
    'a-b',
    '-',
    'a-b-c',
    'd1p9c0-62b8554eda496384e9eec57df530f7abx',
    'D1P9C0-62B8554EDA496384E9EEC57DF530F7AB',
    ' d1p9c0-62b8554eda496384e9eec57df530f7ab',
    '0d1p9c0-62b8554eda496384e9eec57df530f7ab',
    'd1p9c0-62b8554eda496384e9eec57df530f7ab\n',
    `${'z'.repeat(10)}-62b8554eda496384e9eec57df530f7ab`,
    `${'z'.repeat(5000)}-x`,
  ])('refuses %j', async (token) => {
    expect(await checks(userWith(), token)).toBe(false);
  });

  it('takes a token of a former secret, and of no other', async () => {
    const token = await tokenOf(userWith());
    const under = (settings: { SECRET_KEY: string; SECRET_KEY_FALLBACKS: string[] }) =>
      overrideSettings(settings, () => at(ISSUED).checkToken(userWith(), token));
    const now = { SECRET_KEY: 'another', SECRET_KEY_FALLBACKS: [] as string[] };
    expect(await under(now)).toBe(false);
    expect(await under({ ...now, SECRET_KEY_FALLBACKS: ['older', SECRET_KEY] })).toBe(true);
  });
});

describe('encodeUid and decodeUid', () => {
  it.each([
    [1, 'MQ'],
    [7, 'Nw'],
    [42, 'NDI'],
    [1000, 'MTAwMA'],
  ])('turn %d into %s and back', (id, uidb64) => {
    expect(encodeUid(id)).toBe(uidb64);
    expect(decodeUid(uidb64)).toBe(id);
  });

  it.each([
    '',
    '=',
    'MQ==',
    'MQ=',
    'MR',
    'M Q',
    'LTE',
    'MA',
    'MDE',
    'bm9uZQ',
    'OTk5OTk5OTk5OTk5',
    'invalid',
    'é',
    'M'.repeat(9000),
  ])('find no id in %j', (uidb64) => {
    expect(decodeUid(uidb64)).toBeNull();
  });
});
