import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { passwordErrors } from '@/lib/contrib/auth/password-validation';
import { findResettableUsers } from '@/lib/contrib/auth/passwords/password-reset';
import { encodeUid, PasswordResetTokenGenerator } from '@/lib/contrib/auth/tokens';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { accounts, fates, judgedPasswords, MAILBOXES } from './accounts';
import { Django } from './django';
import {
  askEach,
  compareAll,
  describeWithDjango,
  generate,
  isLong,
  isOwnModel,
  limitOf,
  timeZone,
} from './oracle';

const DAY = 24 * 3600;

/** Our list of common passwords is the one of 3.2 and the one of 6.0: see docs/differences.md. */
const COMMON = 'password_too_common';

const [SAMPLE, ALL] = [60, 700];

describeWithDjango('accounts', () => {
  const limit = limitOf(isLong ? ALL : SAMPLE, 2);
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await freshDatabase();
    django = new Django();
  });

  beforeEach(async () => {
    await db.user.deleteMany();
  });

  afterAll(async () => {
    await django?.stop();
    await tearDown?.();
  });

  it('may have the same passwords', async () => {
    const cases = generate(judgedPasswords, 1500, 20_000);
    const theirs = await django.ask<string[][]>('judge_passwords', { cases });
    let onlyOurs = 0;
    const ours = await Promise.all(
      cases.map(async ({ password, user }, index) => {
        const codes = (await passwordErrors(password, user ?? undefined)).map(({ code }) => code);
        const isOnlyOurs = codes.includes(COMMON) && !theirs[index]?.includes(COMMON);
        onlyOurs += isOnlyOurs ? 1 : 0;
        return isOnlyOurs ? codes.filter((code) => code !== COMMON) : codes;
      }),
    );
    compareAll(cases, ours, theirs);
    expect(onlyOurs).toBeLessThan(cases.length / 100);
  });

  it('have the same reset links, which die of the same', limit, async () => {
    const made = generate(accounts, SAMPLE, ALL);
    for (const [index, { now, email, ...fields }] of made.entries()) {
      // Where the address is the name, each has one of their own.
      await makeAccount(index, { ...fields, email: isOwnModel ? `${index}${email}` : email });
    }
    const ids = (await db.user.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
    const cases = made.map(({ now }, index) => ({ user: ids[index] ?? 0, now }));
    const theirs = await django.ask<string[]>('make_tokens', { cases });
    const ours = await askEach(cases, ({ user, now }) => tokenOf(user, now));
    compareAll(cases, ours, theirs);
    compareAll(ids, ids.map(encodeUid), await django.ask<string[]>('encode_uids', { ids }));

    const later = generate(fates, made.length, made.length).map((fate, index) => ({
      fate,
      user: ids[index] ?? 0,
      now: (made[index]?.now ?? 0) + fate.later,
      token: damaged(theirs[index] ?? '', fate.token),
    }));
    for (const { user, fate } of later) await happen(user, fate.change);
    const checked = await askEach(later, ({ user, now, token }) => check(user, now, token));
    compareAll(later, checked, await django.ask<boolean[]>('check_tokens', { cases: later }));
    expect(new Set(checked)).toEqual(new Set([true, false]));
  });

  it('get mail at the same addresses', async () => {
    for (const [index, email] of MAILBOXES.entries()) {
      await makeAccount(index, { email, password: 'md5$a$b', lastLogin: null });
    }
    if (!isOwnModel)
      await makeAccount(100, { email: 'mike@example.org', password: '!', lastLogin: null });
    const asked = MAILBOXES.flatMap((email) => [email, email.toUpperCase(), email.toLowerCase()]);
    const ours = await askEach(asked, async (email) =>
      (await findResettableUsers(email)).map(({ username }) => username).sort(),
    );
    const theirs = await django.ask<string[][]>('reset_recipients', { addresses: asked });
    compareAll(asked, ours, theirs);
  });
});

type Fields = { email: string; password: string; lastLogin: Date | null };

async function makeAccount(index: number, fields: Fields): Promise<void> {
  const names = { username: `account${index}`, firstName: '', lastName: '' };
  const flags = { isActive: true, isStaff: false, isSuperuser: false };
  await db.user.create({ data: { ...names, ...flags, dateJoined: new Date(), ...fields } });
}

async function happen(id: number, change: string): Promise<void> {
  const changes: Record<string, object> = {
    email: { email: isOwnModel ? `new${id}@example.com` : 'new@example.com' },
    password: { password: 'md5$c$d' },
    lastLogin: { lastLogin: new Date() },
    inactive: { isActive: false },
    username: { username: `renamed${id}` },
  };
  await db.user.update({ where: { id }, data: changes[change] ?? {} });
}

function damaged(token: string, way: string): string {
  const [time = '', hash = ''] = token.split('-');
  const ways: Record<string, string> = {
    none: '',
    longer: `${token}x`,
    upper: token.toUpperCase(),
    spaced: ` ${token}`,
    cut: token.slice(0, -1),
    'other time': `${(Number.parseInt(time, 36) + 1).toString(36)}-${hash}`,
    three: `${token}-a`,
  };
  return ways[way] ?? token;
}

async function tokenOf(id: number, now: number): Promise<string> {
  const user = await users.getById(id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return inTheirZone(() => generatorAt(now).makeToken(user));
}

async function check(id: number, now: number, token: string): Promise<boolean> {
  const user = await users.getById(id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return inTheirZone(() => generatorAt(now).checkToken(user, token));
}

function generatorAt(now: number): PasswordResetTokenGenerator {
  return new PasswordResetTokenGenerator(() => new Date(now * 1000));
}

function inTheirZone<T>(body: () => T): Promise<T> {
  return overrideSettings({ TIME_ZONE: timeZone, PASSWORD_RESET_TIMEOUT: 3 * DAY }, body);
}
