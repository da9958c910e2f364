import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as openConfirm } from '@/app/(account)/accounts/confirm-email/[key]/route';
import { confirmEmailAction } from '@/app/(account)/accounts/confirm-email/actions';
import ConfirmPage from '@/app/(account)/accounts/confirm-email/page';
import { confirmIdentityAction } from '@/app/(account)/accounts/confirm-identity/actions';
import { emailAction } from '@/app/(account)/accounts/email/actions';
import EmailPage from '@/app/(account)/accounts/email/page';
import { GET as openUndo } from '@/app/(account)/accounts/email/undo/[key]/route';
import { undoEmailAction } from '@/app/(account)/accounts/email/undo/actions';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { defaultTokenGenerator } from '@/lib/contrib/auth/tokens';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import {
  errorsOf,
  outside,
  type Sender,
  site,
  tokenIn,
  toldBy,
  type Visitor,
} from '@/tests/support/account/visitor';
import { reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import type { ReceivedMail } from '@/tests/support/mail';
import { browserOf } from '@/tests/support/server-call';

const SENDERS: Sender[] = ['with scripts', 'without scripts'];
const PASSWORD = 'correct horse';

let here: Awaited<ReturnType<typeof site>>;
let ada: User;
let mine: Visitor;
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site({});
  await users.createUser({ username: 'other', email: 'other@example.com', password: null });
});
afterAll(() => here.remove());
beforeEach(async () => {
  vi.useRealTimers();
  await db.throttle.deleteMany();
  await here.news();
  made += 1;
  const person = { username: `ada${made}`, email: `ada${made}@example.com`, password: PASSWORD };
  ada = await here.during(() => users.createUser(person));
  mine = here.visitor(await browserOf(ada));
});

const act = (name: string, email: string, how?: Sender) =>
  mine.send(emailAction, { email, [`action_${name}`]: name }, how);

async function whoIs({ cookies }: Visitor) {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

function mailTo(mails: readonly ReceivedMail[], address: string): ReceivedMail {
  const mail = mails.find(({ headers }) => headers['to'] === address);
  if (!mail) throw new Error(`No mail went to ${address}.`);
  return mail;
}

const addresses = async (user: User) => {
  const rows = await db.emailAddress.findMany({
    where: { userId: user.id },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ email, primary, verified }) => [email, primary, verified]);
};

async function addAndConfirm(email: string, how?: Sender) {
  await act('add', email, how);
  const asked = await here.news();
  const key = tokenIn(mailTo(asked, email), '/accounts/confirm-email/');
  await mine.open(openConfirm, { key });
  const confirmed = await mine.send(confirmEmailAction, {}, how);
  return { asked, confirmed, told: await here.news() };
}

describe('another address', () => {
  it.each(SENDERS)('takes the place of the former one once it is confirmed, %s', async (how) => {
    const next = `next${made}@example.com`;
    const elsewhere = here.visitor(await browserOf(ada));
    const link = defaultTokenGenerator.makeToken(await reload(ada));
    await act('add', next, how);
    expect((await reload(ada)).email).toBe(ada.email);
    expect(await addresses(ada)).toEqual([
      [ada.email, true, false],
      [next, false, false],
    ]);
    const mails = await here.news();
    expect(mailTo(mails, ada.email).text).toContain('another email address was named');
    const key = tokenIn(mailTo(mails, next), '/accounts/confirm-email/');
    for (const method of ['HEAD', 'GET']) await here.visitor().open(openConfirm, { key }, method);
    await mine.open(openConfirm, { key });
    expect((await mine.look(ConfirmPage)).text).toContain(next);
    expect((await reload(ada)).email).toBe(ada.email);
    expect((await mine.send(confirmEmailAction, {}, how)).location).toBe('/accounts/email/');
    const changed = await reload(ada);
    expect(changed.email).toBe(next);
    expect(await addresses(ada)).toEqual([
      [ada.email, false, false],
      [next, true, true],
    ]);
    expect(defaultTokenGenerator.checkToken(changed, link)).toBe(false);
    expect([await whoIs(mine), await whoIs(elsewhere)]).toEqual([ada.username, 'nobody']);
    expect(mailTo(await here.news(), ada.email).text).toContain('was changed');
  });

  it.each(SENDERS)('is added in the same way whoever has it, %s', async (how) => {
    const seen: unknown[] = [];
    const wanted = [`free${made}@example.com`, 'other@example.com', `free${made}@elsewhere.test`];
    for (const email of wanted) {
      const answer = await act('add', email, how);
      const { text } = await mine.look(EmailPage);
      const told = toldBy(answer)
        .replaceAll(email, '')
        .replace(/"[0-9a-f]{8}"/, '');
      seen.push({ ...outside(answer), cookies: [], told, text: text.replaceAll(email, '') });
      await act('remove', email);
    }
    expect(seen[0]).toMatchObject({ status: 303, location: '/accounts/email/' });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    const mails = await here.news();
    expect(mailTo(mails, 'other@example.com').text).not.toContain('/confirm-email/');
  });

  it('is confirmed for no other account than the one that asked', async () => {
    const next = `victim${made}@example.com`;
    await act('add', next);
    const key = tokenIn(mailTo(await here.news(), next), '/accounts/confirm-email/');
    const victim = await users.createUser({ username: `victim${made}`, password: null });
    const clicking = here.visitor(await browserOf(victim));
    await clicking.open(openConfirm, { key });
    expect(errorsOf(await clicking.send(confirmEmailAction, {}))).toHaveLength(1);
    const stranger = here.visitor();
    await stranger.open(openConfirm, { key });
    expect((await stranger.look(ConfirmPage)).location).toMatch(/^\/accounts\/login\//);
    expect((await reload(ada)).email).toBe(ada.email);
  });

  it('is confirmed by one of two who want it', async () => {
    const next = `both${made}@example.com`;
    await act('add', next);
    const key = tokenIn(mailTo(await here.news(), next), '/accounts/confirm-email/');
    await db.emailAddress.create({
      data: {
        userId: (await users.createUser({ username: `first${made}`, password: null })).id,
        email: next,
        verified: true,
        primary: true,
      },
    });
    await mine.open(openConfirm, { key });
    expect(errorsOf(await mine.send(confirmEmailAction, {}))).toHaveLength(1);
    expect((await reload(ada)).email).toBe(ada.email);
  });

  it('is dead with its row, and after a day', async () => {
    const next = `gone${made}@example.com`;
    await act('add', next);
    const key = tokenIn(mailTo(await here.news(), next), '/accounts/confirm-email/');
    await mine.open(openConfirm, { key });
    await act('remove', next);
    expect(errorsOf(await mine.send(confirmEmailAction, {}))).toHaveLength(1);
    await act('add', next);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_401_000 });
    expect(errorsOf(await mine.send(confirmEmailAction, {}))).toHaveLength(1);
  });

  it('is one’s own only: nobody removes, confirms or takes another’s', async () => {
    for (const name of ['remove', 'primary', 'send']) {
      expect(errorsOf(await act(name, 'other@example.com'))).toHaveLength(1);
    }
    expect(errorsOf(await act('remove', ada.email))).toHaveLength(1);
    expect(await here.news()).toEqual([]);
  });

  it('asks first who one is, where the sign-in is old', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 });
    expect((await mine.look(EmailPage)).text).not.toContain(ada.email);
    const refused = await act('add', `late${made}@example.com`);
    expect(refused.location).toBe('/accounts/email/');
    expect(await here.news()).toEqual([]);
    const next = '/accounts/email/';
    const wrong = { next, confirm_password: 'wrong' };
    expect(errorsOf(await mine.send(confirmIdentityAction, wrong))).toHaveLength(1);
    await mine.send(confirmIdentityAction, { next, confirm_password: PASSWORD });
    expect((await act('add', `late${made}@example.com`)).status).toBe(303);
    expect(await here.news()).toHaveLength(2);
  });
});

describe('a change by somebody who stole the session', () => {
  it.each(SENDERS)('is told to the former address, and undone from there, %s', async (how) => {
    const thief = `thief${made}@example.com`;
    const { told } = await addAndConfirm(thief, how);
    expect((await reload(ada)).email).toBe(thief);
    const key = tokenIn(mailTo(told, ada.email), '/accounts/email/undo/');
    const owner = here.visitor();
    await owner.open(openUndo, { key });
    expect((await reload(ada)).email).toBe(thief);
    const undone = await owner.send(undoEmailAction, {}, how);
    expect(undone.location).toBe('/accounts/password_reset/');
    expect((await reload(ada)).email).toBe(ada.email);
    expect(await addresses(ada)).toEqual([[ada.email, true, true]]);
    expect(await whoIs(mine)).toBe('nobody');
    await owner.open(openUndo, { key });
    expect(errorsOf(await owner.send(undoEmailAction, {}))).toHaveLength(1);
  });

  it('is undone before it is confirmed, by the first mail already', async () => {
    const thief = `thief${made}@example.com`;
    await act('add', thief);
    const mails = await here.news();
    const owner = here.visitor();
    await owner.open(openUndo, { key: tokenIn(mailTo(mails, ada.email), '/accounts/email/undo/') });
    expect((await owner.send(undoEmailAction, {})).status).toBe(303);
    expect(await addresses(ada)).toEqual([[ada.email, true, true]]);
    expect(await whoIs(mine)).toBe('nobody');
  });

  it('gives the thief’s address no way back when the owner has undone it by hand', async () => {
    const thief = `thief${made}@example.com`;
    expect((await mine.look(EmailPage)).text).toContain('can undo that for seven days');
    await addAndConfirm(thief);
    expect((await mine.look(EmailPage)).text).toContain('only the address that it was before');
    await db.emailAddress.updateMany({ where: { email: ada.email }, data: { verified: true } });
    await act('primary', ada.email);
    expect((await reload(ada)).email).toBe(ada.email);
    const mail = mailTo(await here.news(), thief);
    expect(mail.text).not.toContain('/undo/');
  });

  it('is undone for seven days', async () => {
    const { told } = await addAndConfirm(`thief${made}@example.com`);
    const key = tokenIn(mailTo(told, ada.email), '/accounts/email/undo/');
    const owner = here.visitor();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * 86_400_000 });
    await owner.open(openUndo, { key });
    expect(errorsOf(await owner.send(undoEmailAction, {}))).toHaveLength(1);
  });
});
