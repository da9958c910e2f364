import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import {
  findResettableUsers,
  findUserOfLink,
  sendResetMails,
} from '@/lib/contrib/auth/passwords/password-reset';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { type NewUser, users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import { counting } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder, smtpServer } from '@/tests/support/mail';

const ORIGIN = 'https://example.com';
let folder: Awaited<ReturnType<typeof mailFolder>>;

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);
beforeEach(async () => {
  await db.user.deleteMany();
  folder = await mailFolder();
  return folder.remove;
});
afterAll(() => vi.restoreAllMocks());

function make(username: string, fields: Partial<NewUser> = {}): Promise<User> {
  const email = `${username}@example.com`;
  return overrideSettings(counting, () =>
    users.createUser({ username, email, password: 'a password', ...fields }),
  );
}

async function found(email: string): Promise<string[]> {
  return (await findResettableUsers(email)).map(({ username }) => username);
}

async function mailedTo(email: string): Promise<(string | undefined)[]> {
  await overrideSettings({ EMAIL_URL: folder.url }, () => sendResetMails(email, ORIGIN));
  return (await folder.mails()).map(({ headers }) => headers['to']);
}

describe('findResettableUsers', () => {
  it('leaves upper and lower case aside', async () => {
    await make('joe');
    for (const email of ['joe@example.com', 'JOE@EXAMPLE.COM', 'Joe@Example.com']) {
      expect(await found(email)).toEqual(['joe']);
    }
    expect(await found('nobody@example.com')).toEqual([]);
    expect(await found("' OR 1=1 --@example.com")).toEqual([]);
    expect(await found('%@example.com')).toEqual([]);
  });

  it('passes over inactive users and those with an unusable password', async () => {
    await make('gone', { isActive: false });
    await make('other', { password: null });
    expect(await found('gone@example.com')).toEqual([]);
    expect(await found('other@example.com')).toEqual([]);
  });

  it('finds everybody who shares the address', async () => {
    await make('mike', { email: 'mike@example.org' });
    await make('MIKE', { email: 'MIKE@example.org' });
    expect(await found('mike@example.org')).toEqual(['mike', 'MIKE']);
  });

  it('does not take letters that look alike for the same', async () => {
    await make('mike', { email: 'mike@example.org' });
    await make('dotless', { email: 'mıke@example.org' });
    await make('github', { email: 'x@gıthub.com' });
    expect(await found('mike@example.org')).toEqual(['mike']);
    expect(await found('mıke@example.org')).toEqual(['dotless']);
    expect(await found('x@github.com')).toEqual([]);
  });
});

describe('sendResetMails', () => {
  it('mails a link that opens, to the address as it is stored', async () => {
    const joe = await make('joe', { email: 'Joe@example.com' });
    expect(await mailedTo('JOE@EXAMPLE.COM')).toEqual(['Joe@example.com']);
    const [mail] = await folder.mails();
    const link = /^https:.*$/m.exec(mail?.text ?? '')?.[0] ?? '';
    const [, uidb64 = '', token = ''] =
      /^https:\/\/example\.com\/accounts\/reset\/(\w+)\/([\w-]+)\/$/.exec(link) ?? [];
    expect(mail?.html).toContain(link);
    expect((await findUserOfLink({ uidb64, token }))?.id).toBe(joe.id);
  });

  it('mails nobody for an address that nobody has, an inactive or a passwordless user', async () => {
    await make('gone', { isActive: false });
    await make('other', { password: null });
    await make('blank', { email: '' });
    for (const email of ['nobody@example.com', 'gone@example.com', 'other@example.com', '']) {
      expect(await mailedTo(email)).toEqual([]);
    }
  });

  it('logs a failure without the mail, swallows it, and goes on with the next', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    const first = await make('mike', { email: 'mike@example.org' });
    const second = await make('MIKE', { email: 'MIKE@example.org' });
    const server = await smtpServer({ refuse: 'RCPT TO:<mike' });
    await overrideSettings({ EMAIL_URL: `smtp://${server.host}` }, () =>
      sendResetMails('mike@example.org', ORIGIN),
    );
    await server.close();
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toContain('To: MIKE@example.org');
    const lines = printed.mock.calls.flat().join('\n');
    expect(lines).toContain(`to user ${first.id} was not sent`);
    expect(lines).not.toContain(`to user ${second.id} `);
    expect(lines).not.toContain('/accounts/reset/');
  });
});

describe('findUserOfLink', () => {
  const linkOf = async (user: User) => {
    const fresh = await reload(user);
    return { uidb64: encodeUid(user.id), token: defaultTokenGenerator.makeToken(fresh) };
  };

  it('agrees with itself whatever fraction of a second the last sign-in has', async () => {
    const joe = await make('joe');
    const lastLogin = new Date('2025-12-31T23:59:58.999Z');
    await db.user.update({ where: { id: joe.id }, data: { lastLogin } });
    const link = await linkOf(joe);
    await db.user.update({
      where: { id: joe.id },
      data: { lastLogin: new Date('2025-12-31T23:59:58.001Z') },
    });
    expect((await findUserOfLink(link))?.id).toBe(joe.id);
  });

  it.each<[string, object]>([
    ['a sign-in', { lastLogin: new Date() }],
    ['a change of password', { password: 'counting$1$another' }],
    ['a change of address', { email: 'elsewhere@example.com' }],
  ])('ends with %s', async (_what, data) => {
    const joe = await make('joe');
    const link = await linkOf(joe);
    expect((await findUserOfLink(link))?.id).toBe(joe.id);
    await db.user.update({ where: { id: joe.id }, data });
    expect(await findUserOfLink(link)).toBeNull();
  });

  it('is nobody for another user, a deleted one, and every kind of garbage', async () => {
    const [joe, eve] = [await make('joe'), await make('eve')];
    const { uidb64, token } = await linkOf(joe);
    const others = [encodeUid(eve.id), '', 'MQ==', 'bm9uZQ', 'OTk5OTk5OTk5OTk5', '\0', 'é'];
    for (const other of others) expect(await findUserOfLink({ uidb64: other, token })).toBeNull();
    for (const other of ['', '-', 'a-b-c', '\0', `${token}x`, token.toUpperCase()]) {
      expect(await findUserOfLink({ uidb64, token: other })).toBeNull();
    }
    await db.user.delete({ where: { id: joe.id } });
    expect(await findUserOfLink({ uidb64, token })).toBeNull();
  });
});
