import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import LinkPage from '@/app/(account)/accounts/login/code/[key]/page';
import { loginCodeAction } from '@/app/(account)/accounts/login/code/actions';
import { confirmCodeAction } from '@/app/(account)/accounts/login/code/confirm/actions';
import ConfirmPage from '@/app/(account)/accounts/login/code/confirm/page';
import LoginCodePage from '@/app/(account)/accounts/login/code/page';
import {
  sendVerifyCodeAction,
  verifyEmailAction,
} from '@/app/(account)/accounts/verify-email/actions';
import VerifyPage from '@/app/(account)/accounts/verify-email/page';
import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { overrideSettings } from '@/lib/conf/settings';
import { registerLoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { signInWays } from '@/lib/contrib/auth/sign-in/ways';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, transaction } from '@/lib/db/client';
import { codeWaysIn } from '@/lib/extras/account/login-code/login-code';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import {
  codeIn,
  errorsOf,
  outside,
  type Sender,
  site,
  tokenIn,
  toldBy,
  type Visitor,
} from '@/tests/support/account/visitor';
import { freshDatabase } from '@/tests/support/database';

const OPEN = {
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  AUTHENTICATION_BACKENDS: ['EmailBackend', 'ModelBackend'],
};
const SENDERS: Sender[] = ['with scripts', 'without scripts'];
const ADA = 'ada@example.com';

let here: Awaited<ReturnType<typeof site>>;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site(OPEN);
  await here.during(async () => {
    await users.createUser({
      username: 'ada',
      email: 'Ada@example.com',
      password: 'correct horse',
    });
    for (const username of ['twin1', 'twin2']) {
      await users.createUser({ username, email: 'twins@example.com', password: null });
    }
    const asleep = { username: 'asleep', email: 'asleep@example.com', isActive: false };
    await users.createUser({ ...asleep, password: null });
  });
});
afterAll(() => here.remove());
beforeEach(async () => {
  vi.useRealTimers();
  await db.throttle.deleteMany();
  await here.news();
});

async function ask(visitor: Visitor, email = ADA, fields = {}, how?: Sender) {
  const answer = await visitor.send(loginCodeAction, { email, ...fields }, how);
  const [mail] = await here.news();
  const found = mail && { code: codeIn(mail), key: tokenIn(mail, '/accounts/login/code/') };
  return { answer, code: '', key: '', ...found };
}

async function whoIs({ cookies }: Visitor) {
  const asked = () => probe(loginNotRequired).ask('page', { cookie: cookies() });
  return (await here.during(asked)).user;
}

describe('signing in by a mailed code', () => {
  it.each(SENDERS)('leads where one wanted to go, %s', async (how) => {
    const visitor = here.visitor();
    const { answer, code } = await ask(visitor, ADA, { next: '/private/' }, how);
    expect(answer.location).toBe('/accounts/login/code/confirm/');
    const done = await visitor.send(confirmCodeAction, { code }, how);
    expect(done).toMatchObject({ status: 303, location: '/private/' });
    expect(await whoIs(visitor)).toBe('ada');
    const events = await db.securityLogEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(JSON.parse(events[0]?.detail ?? '{}')).toMatchObject({ methods: ['code'] });
    expect(await db.emailAddress.findMany({})).toMatchObject([{ email: ADA, verified: true }]);
  });

  it.each(SENDERS)('looks the same for every address, %s', async (how) => {
    const seen: unknown[] = [];
    const mailed: number[] = [];
    for (const email of [ADA, 'nobody@example.com', 'twins@example.com', 'asleep@example.com']) {
      const visitor = here.visitor();
      const asked = outside(await visitor.send(loginCodeAction, { email }, how));
      const { text } = await visitor.look(ConfirmPage);
      const wrong = outside(await visitor.send(confirmCodeAction, { code: 'BBBBBBBB' }, how));
      seen.push({ asked, text, wrong });
      mailed.push((await here.news()).length);
    }
    expect(seen[0]).toMatchObject({ asked: { status: 303 } });
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
    expect(mailed).toEqual([1, 0, 0, 0]);
  });

  it('counts as a way in for whom a code would let in', async () => {
    const ways = async (username: string) => {
      const user = await db.user.findFirstOrThrow({ where: { username } });
      return here.during(() => transaction((tx) => codeWaysIn(tx, user)));
    };
    expect([await ways('ada'), await ways('twin1')]).toEqual([1, 0]);
    const twin = await db.user.findFirstOrThrow({ where: { username: 'twin1' } });
    const own = { userId: twin.id, email: 'own@example.com', primary: false };
    const { id } = await db.emailAddress.create({ data: { ...own, verified: false } });
    expect(await ways('twin1')).toBe(0);
    await db.emailAddress.update({ where: { id }, data: { verified: true } });
    expect(await ways('twin1')).toBe(1);
    const closed = { ACCOUNT_LOGIN_BY_CODE_ENABLED: false };
    const inClosed = () => transaction((tx) => codeWaysIn(tx, twin));
    expect(await overrideSettings(closed, inClosed)).toBe(0);
    await db.emailAddress.delete({ where: { id } });
  });

  it('goes to the address as it is stored, not as somebody spells it', async () => {
    const stored = 'Eve@sigma.example';
    await users.createUser({ username: 'eve', email: stored, password: null });
    await here.visitor().send(loginCodeAction, { email: 'eVE@SIGMA.example' });
    expect((await here.news()).map(({ headers }) => headers['to'])).toEqual([stored]);
  });

  it('takes no fourth try', async () => {
    const visitor = here.visitor();
    const { code } = await ask(visitor);
    for (let i = 0; i < 3; i += 1) await visitor.send(confirmCodeAction, { code: 'BBBB-BBBB' });
    expect((await visitor.send(confirmCodeAction, { code })).status).toBe(200);
    expect(await whoIs(visitor)).toBe('nobody');
  });

  it('takes the code in the browser that asked and in no other', async () => {
    const [asking, other] = [here.visitor(), here.visitor()];
    const { code } = await ask(asking);
    await ask(other, 'nobody@example.com');
    expect(errorsOf(await other.send(confirmCodeAction, { code }))).toHaveLength(1);
    expect(await whoIs(other)).toBe('nobody');
    expect((await asking.send(confirmCodeAction, { code })).status).toBe(303);
  });

  it('takes no code after three minutes, nor one twice', async () => {
    const visitor = here.visitor();
    const { code } = await ask(visitor);
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + 181_000 });
    expect((await visitor.send(confirmCodeAction, { code })).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now });
    expect((await visitor.send(confirmCodeAction, { code })).status).toBe(303);
    expect((await visitor.send(confirmCodeAction, { code })).status).toBe(200);
  });

  it('shows the code where the link is opened elsewhere, and a button where it was asked for', async () => {
    const visitor = here.visitor();
    const { code, key } = await ask(visitor);
    const scanner = here.visitor();
    const shown = await scanner.look(LinkPage, { key });
    expect(shown.text).toContain(code);
    expect(shown.text).toContain('This is not the browser that asked');
    expect(await whoIs(scanner)).toBe('nobody');
    const own = await visitor.look(LinkPage, { key });
    expect(own.text).toContain('This is the browser that asked');
    expect(await whoIs(visitor)).toBe('nobody');
    expect((await visitor.send(confirmCodeAction, { code })).status).toBe(303);
  });

  it('is a first factor: a stage that follows is asked', async () => {
    const undo = registerLoginStage({ name: 'more', path: '/more/', isRequired: () => true });
    const visitor = here.visitor();
    const { code } = await ask(visitor);
    const { location } = await visitor.send(confirmCodeAction, { code });
    undo();
    expect(location).toBe('/more/');
    expect(await whoIs(visitor)).toBe('nobody');
  });

  it('is not there until the settings open it', async () => {
    const closed = await site({ ACCOUNT_LOGIN_BY_CODE_ENABLED: false });
    const visitor = closed.visitor();
    expect((await visitor.look(LoginCodePage)).status).toBe(404);
    expect((await visitor.send(loginCodeAction, { email: ADA })).status).toBe(404);
    await closed.remove();
    const isOffered = () => signInWays().some(({ name }) => name === 'login_code');
    expect(isOffered()).toBe(false);
    expect(await overrideSettings(OPEN, isOffered)).toBe(true);
  });
});

describe('an address that has to be confirmed', () => {
  const password = { username: 'ada', password: 'correct horse' };

  it.each(SENDERS)('is, by a code, before anybody is let in, %s', async (how) => {
    await db.emailAddress.deleteMany();
    const strict = await site({ ...OPEN, ACCOUNT_EMAIL_VERIFICATION: 'mandatory' });
    const visitor = strict.visitor();
    const begun = await visitor.send(loginAction, password, how);
    expect(begun.location).toBe('/accounts/verify-email/');
    expect((await visitor.look(VerifyPage)).text).toContain('Ada@example.com');
    await visitor.send(sendVerifyCodeAction, {}, how);
    const [mail] = await strict.news();
    await visitor.send(verifyEmailAction, { code: 'BBBB-BBBB' }, how);
    expect(await whoIs(visitor)).toBe('nobody');
    const code = mail ? codeIn(mail) : '';
    expect((await visitor.send(verifyEmailAction, { code }, how)).location).toBe('/dashboard/');
    expect(await whoIs(visitor)).toBe('ada');
    const again = await strict.visitor().send(loginAction, password, how);
    expect(again.location).toBe('/dashboard/');
    await strict.remove();
  });

  it('has no page for whoever is not on their way in', async () => {
    const { location } = await here.visitor().look(VerifyPage);
    expect(location).toMatch(/^\/accounts\/login\//);
  });

  it('is a reminder where it is as one likes', async () => {
    await db.emailAddress.deleteMany();
    const optional = await site({ ...OPEN, ACCOUNT_EMAIL_VERIFICATION: 'optional' });
    const answer = await optional.visitor().send(loginAction, password);
    expect(answer.location).toBe('/dashboard/');
    expect(toldBy(answer)).toContain('is not confirmed');
    await optional.remove();
  });
});
