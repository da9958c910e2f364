import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as openSignup } from '@/app/(account)/accounts/signup/[key]/route';
import { signupAction } from '@/app/(account)/accounts/signup/actions';
import { completeSignupAction } from '@/app/(account)/accounts/signup/complete/actions';
import CompletePage from '@/app/(account)/accounts/signup/complete/page';
import SignupPage from '@/app/(account)/accounts/signup/page';
import { signupCodeAction } from '@/app/(account)/accounts/signup/sent/actions';
import SentPage from '@/app/(account)/accounts/signup/sent/page';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import {
  codeIn,
  errorsOf,
  outside,
  type Sender,
  site,
  tokenIn,
  type Visitor,
} from '@/tests/support/account/visitor';
import { freshDatabase } from '@/tests/support/database';

const OPEN = {
  ACCOUNT_SIGNUP_ENABLED: true,
  ACCOUNT_SIGNUP_DOMAINS: ['example.com'],
  ACCOUNT_USERNAME_BLACKLIST: ['Admin'],
};
const SENDERS: Sender[] = ['with scripts', 'without scripts'];
const PASSWORD = 'quiet-harbour-41';

let here: Awaited<ReturnType<typeof site>>;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site(OPEN);
  await users.createUser({ username: 'known', email: 'known@example.com', password: null });
});
afterAll(() => here.remove());
beforeEach(async () => {
  vi.useRealTimers();
  await db.throttle.deleteMany();
  await here.news();
});

const choose = (username: string) => ({ username, password1: PASSWORD, password2: PASSWORD });

async function ask(visitor: Visitor, email: string) {
  await visitor.send(signupAction, { email });
  const [mail] = await here.news();
  if (!mail) throw new Error(`No mail went to ${email}.`);
  return { code: codeIn(mail), key: tokenIn(mail, '/accounts/signup/') };
}

async function whoIs({ cookies }: Visitor) {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

describe('registration', () => {
  it.each(SENDERS)('looks the same for every address, %s', async (how) => {
    const seen: unknown[] = [];
    const mailed: number[] = [];
    for (const email of ['new@example.com', 'known@example.com', 'new@elsewhere.test']) {
      const visitor = here.visitor();
      const asked = outside(await visitor.send(signupAction, { email }, how));
      const page = await visitor.look(SentPage);
      const wrong = outside(await visitor.send(signupCodeAction, { code: 'BBBB-BBBB' }, how));
      const { text, status } = await visitor.look(SentPage);
      seen.push({ asked, page: page.text, wrong, text, status });
      mailed.push((await here.news()).length);
    }
    expect(seen[0]).toMatchObject({
      asked: { status: 303, location: '/accounts/signup/sent/' },
      page: expect.stringContaining('Check your mailbox'),
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(mailed).toEqual([1, 1, 0]);
  });

  it.each(SENDERS)('makes the account once its address is proven by the code, %s', async (how) => {
    const visitor = here.visitor();
    const username = how === 'with scripts' ? 'ada' : 'bea';
    const { code } = await ask(visitor, `${username}@Example.com`);
    expect(await db.user.count({ where: { username } })).toBe(0);
    const right = await visitor.send(signupCodeAction, { code: code.toLowerCase() }, how);
    expect(right.location).toBe('/accounts/signup/complete/');
    const made = await visitor.send(completeSignupAction, choose(username), how);
    expect(made).toMatchObject({ status: 303, location: '/dashboard/' });
    expect(await whoIs(visitor)).toBe(username);
    const user = await db.user.findFirstOrThrow({ where: { username } });
    const email = `${username}@example.com`;
    expect(user.email).toBe(email);
    expect(await db.emailAddress.findMany({ where: { userId: user.id } })).toMatchObject([
      { email, verified: true, primary: true },
    ]);
  });

  it('uses nothing up for whoever only looks at the link', async () => {
    const asking = here.visitor();
    const { key } = await ask(asking, 'cleo@example.com');
    for (const method of ['HEAD', 'GET']) await here.visitor().open(openSignup, { key }, method);
    const scanner = here.visitor();
    await scanner.open(openSignup, { key });
    expect(errorsOf(await here.visitor().send(completeSignupAction, choose('scan')))).toHaveLength(
      1,
    );
    const person = here.visitor();
    await person.open(openSignup, { key });
    expect((await person.look(CompletePage)).text).toContain('cleo@example.com');
    expect((await person.send(completeSignupAction, choose('cleo'))).status).toBe(303);
    expect(await whoIs(person)).toBe('cleo');
  });

  it('gives whoever asked with another’s address nothing when its owner goes on', async () => {
    const attacker = here.visitor();
    const { key } = await ask(attacker, 'victim@example.com');
    const victim = here.visitor();
    await victim.open(openSignup, { key });
    await victim.send(completeSignupAction, choose('victim'));
    expect(await whoIs(victim)).toBe('victim');
    expect(await whoIs(attacker)).toBe('nobody');
    expect(errorsOf(await attacker.send(completeSignupAction, choose('thief')))).toHaveLength(1);
  });

  it('makes one account of a link that is used twice at once', async () => {
    const { key } = await ask(here.visitor(), 'twice@example.com');
    const both = [here.visitor(), here.visitor()];
    for (const each of both) await each.open(openSignup, { key });
    const answers = await Promise.all(
      both.map((each, i) => each.send(completeSignupAction, choose(`twice${i}`))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303]);
    expect(await db.user.count({ where: { email: 'twice@example.com' } })).toBe(1);
  });

  it('ends with a code that was typed wrong three times', async () => {
    const visitor = here.visitor();
    const { code } = await ask(visitor, 'dora@example.com');
    for (let i = 0; i < 3; i += 1) await visitor.send(signupCodeAction, { code: 'BBBB-BBBB' });
    expect((await visitor.send(signupCodeAction, { code })).status).toBe(200);
  });

  it('looks at one of many codes that arrive at once', async () => {
    const visitor = here.visitor();
    const { code } = await ask(visitor, 'dina@example.com');
    const tries = Array.from({ length: 5 }, () => visitor.send(signupCodeAction, { code }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
  });

  it('takes no code in another browser, and none after ten minutes', async () => {
    const visitor = here.visitor();
    const { code } = await ask(visitor, 'edna@example.com');
    expect((await here.visitor().send(signupCodeAction, { code })).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
    expect((await visitor.send(signupCodeAction, { code })).status).toBe(200);
  });

  it('refuses names that are taken or kept free, and keeps the link for another one', async () => {
    const visitor = here.visitor();
    const { code } = await ask(visitor, 'fay@example.com');
    await visitor.send(signupCodeAction, { code });
    for (const username of ['Änne', 'Иван', 'Ñuñez', 'Straße', 'a_b']) {
      await users.createUser({ username, password: null });
    }
    for (const name of ['known', 'KNOWN', 'änne', 'ÄNNE', 'иван', 'ñUÑez', 'STRASSE', 'A_B']) {
      const refused = await visitor.send(completeSignupAction, choose(name));
      expect(errorsOf(refused)).toEqual(['A user with that username already exists.']);
      expect(JSON.stringify(refused.value)).not.toContain(PASSWORD);
    }
    expect(errorsOf(await visitor.send(completeSignupAction, choose('ADMIN')))).toHaveLength(1);
    expect((await visitor.send(completeSignupAction, choose('AxB'))).status).toBe(303);
  });

  it('counts each mail, for the address and the network', async () => {
    const visitor = here.visitor();
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      statuses.push((await visitor.send(signupAction, { email: 'gus@example.com' })).status);
    }
    expect(statuses).toEqual([303, 303, 303, 429]);
    expect(await here.news()).toHaveLength(3);
  });

  it('is not there until the settings open it', async () => {
    const closed = await site({ ACCOUNT_SIGNUP_ENABLED: false });
    const visitor = closed.visitor();
    expect((await visitor.look(SignupPage)).status).toBe(404);
    expect((await visitor.send(signupAction, { email: 'hal@example.com' })).status).toBe(404);
    expect((await visitor.send(completeSignupAction, choose('hal'))).status).toBe(404);
    expect(await closed.news()).toEqual([]);
    await closed.remove();
  });
});
