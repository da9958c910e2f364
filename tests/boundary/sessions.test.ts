import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { loginNotRequired, loginRequired } from './guards';
import { makePerson } from './people';
import { KINDS, probe } from './probe';

beforeAll(freshDatabase);

type Person = { id: number; cookie: string };

const PAST = new Date(Date.now() - 1000);
const LONG_AGO = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);

/** What ends a session: what is done to it, and the cookie that the browser then sends. */
const ENDED: Record<string, (person: Person) => Promise<string>> = {
  'at its idle limit': async ({ id, cookie }) => {
    await db.session.updateMany({ where: { userId: id }, data: { expireDate: PAST } });
    return cookie;
  },
  'at its absolute limit': async ({ id, cookie }) => {
    await db.session.updateMany({ where: { userId: id }, data: { created: LONG_AGO } });
    return cookie;
  },
  'by a sign-out elsewhere': async ({ id, cookie }) => {
    await db.session.deleteMany({ where: { userId: id } });
    return cookie;
  },
  'by another password': async ({ id, cookie }) => {
    await db.user.update({ where: { id }, data: { password: '!another' } });
    return cookie;
  },
  'by deactivation': async ({ id, cookie }) => {
    await db.user.update({ where: { id }, data: { isActive: false } });
    return cookie;
  },
  'by a backend that is no more': async ({ id, cookie }) => {
    const [row] = await db.session.findMany({ where: { userId: id } });
    const sessionData = String(row?.sessionData).replace('ModelBackend', 'FormerBackend');
    await db.session.updateMany({ where: { userId: id }, data: { sessionData } });
    return cookie;
  },
  'by a cookie with another byte': async ({ cookie }) => {
    const at = cookie.length - 20;
    return `${cookie.slice(0, at)}${cookie[at] === 'a' ? 'b' : 'a'}${cookie.slice(at + 1)}`;
  },
  'by a cookie that is cut': async ({ cookie }) => cookie.slice(0, -1),
};

let made = 0;

async function person(): Promise<Person> {
  made += 1;
  return makePerson(`person${made}`);
}

describe('a session that was ended', () => {
  it.each(Object.keys(ENDED).flatMap((how) => KINDS.map((kind) => ({ how, kind }))))(
    '$how opens no $kind',
    async ({ how, kind }) => {
      const someone = await person();
      const behind = probe(loginRequired);
      expect((await behind.ask(kind, someone)).ran).toBe(true);
      const cookie = (await ENDED[how]?.(someone)) ?? '';
      const answer = await behind.ask(kind, { cookie });
      expect(answer).toMatchObject({ ran: false });
      expect(answer.location).toMatch(/^\/accounts\/login\//);
    },
  );

  it.each(Object.keys(ENDED))('%s is that of a stranger where everybody may go', async (how) => {
    const someone = await person();
    const cookie = (await ENDED[how]?.(someone)) ?? '';
    for (const kind of KINDS) {
      expect(await probe(loginNotRequired).ask(kind, { cookie })).toMatchObject({
        ran: true,
        user: 'nobody',
      });
    }
  });

  it('by a secret that is no more opens nothing', async () => {
    const { cookie } = await person();
    await overrideSettings({ SECRET_KEY: 'another-secret-0123456789abcdefghijkl' }, async () => {
      for (const kind of KINDS) {
        expect((await probe(loginRequired).ask(kind, { cookie })).ran).toBe(false);
      }
    });
  });

  it('stays ended when the account is made active again', async () => {
    const { id, cookie } = await person();
    await db.user.update({ where: { id }, data: { isActive: false } });
    expect((await probe(loginRequired).ask('page', { cookie })).ran).toBe(false);
    await db.user.update({ where: { id }, data: { isActive: true } });
    expect((await probe(loginRequired).ask('page', { cookie })).ran).toBe(false);
  });
});

describe('the session of a request', () => {
  it('may be read by a page and not written', async () => {
    const { cookie } = await person();
    const writing = probe(loginRequired, ({ session }) => session.set('cart', 'apples'));
    const printed: unknown[][] = [];
    console.error = (...words: unknown[]) => void printed.push(words);
    const answer = await writing.ask('page', { cookie });
    expect(answer.status).toBe(500);
    expect(String(printed[0]?.[0])).toContain('A page may read the session');
  });

  it.each(['action', 'form', 'handler'] as const)('is written by the %s', async (kind) => {
    const { id, cookie } = await person();
    await probe(loginRequired, ({ session }) => session.set('cart', 'apples')).ask(kind, {
      cookie,
    });
    const [row] = await db.session.findMany({ where: { userId: id } });
    expect(JSON.parse(String(row?.sessionData))).toMatchObject({ cart: 'apples' });
  });

  it.each(['action', 'form', 'handler'] as const)(
    'is left as it was when the %s fails',
    async (kind) => {
      const { id, cookie } = await person();
      const failing = probe(loginRequired, ({ session }) => {
        session.set('cart', 'apples');
        throw new TypeError('the orchard burns');
      });
      console.error = () => undefined;
      expect((await failing.ask(kind, { cookie })).status).toBe(500);
      const [row] = await db.session.findMany({ where: { userId: id } });
      expect(row?.sessionData).not.toContain('apples');
    },
  );

  it('of a stranger begins with a cookie that scripts cannot read', async () => {
    const beginning = probe(loginNotRequired, ({ session }) => session.set('cart', 'apples'));
    const { headers, cookies } = await beginning.ask('action');
    const [name = ''] = cookies.keys();
    expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/);
    const cookie = `${name}=${cookies.get(name)}`;
    let cart: unknown;
    await probe(loginNotRequired, ({ session }) => {
      cart = session.get('cart');
    }).ask('page', { cookie });
    expect(cart).toBe('apples');
  });
});
