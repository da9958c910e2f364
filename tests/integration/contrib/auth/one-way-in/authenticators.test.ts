import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerAuthenticator } from '@/lib/contrib/auth/authenticators/authenticator';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { Session } from '@/lib/contrib/sessions/session';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { ForgedRequest, refuseForged } from '@/lib/http/refusals';
import { type HttpRequest, readRequest } from '@/lib/http/request';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { makeUser } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import type { Answer } from '@/tests/support/plain-source';
import { browserOf, callServer } from '@/tests/support/server-call';

const { loginRequired } = guardsOf(null);

const tokens = new Map<string, User>();
const undo: (() => void)[] = [];

beforeAll(() => registerHasher(countingHasher()));

beforeAll(freshDatabase);

afterEach(() => {
  for (const each of undo.splice(0)) each();
});

/** A token in a cookie of its own, which stands for a header here: nothing that a session has. */
function acceptTokens(): void {
  undo.push(
    registerAuthenticator({
      name: 'token',
      async authenticate({ headers }) {
        const [, token] = /(?:^|; )token=(\w+)/.exec(headers.get('cookie') ?? '') ?? [];
        if (token === undefined) return null;
        const user = tokens.get(token);
        if (!user) throw new PermissionDenied('This token is none.');
        return { user, session: new Session(), usesCookies: false };
      },
    }),
  );
}

const whoAmI = loginRequired.handler(async (request) => {
  request.session.set('seen', true);
  return new Response(request.user.username);
});

/** Whom the server takes the browser for; null where it lets nobody pass. */
async function nameIn({ value }: Answer): Promise<string | null> {
  return value instanceof Response && value.status === 200 ? value.text() : null;
}

const askedWho = () =>
  whoAmI(new Request('http://localhost:3000/'), { params: Promise.resolve({}) });

const ask = (cookie: string) => callServer(cookie, askedWho);

describe('request authenticators', () => {
  it('are asked before the session cookie, which is there by itself', async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const cookie = await browserOf(ada);
    expect(await nameIn(await ask(cookie))).toBe(ada.username);
    acceptTokens();
    tokens.set('eves', eve);
    expect(await nameIn(await ask(cookie))).toBe(ada.username);
    expect(await nameIn(await ask(`${cookie}; token=eves`))).toBe(eve.username);
    expect((await ask('')).location).toMatch(/^\/accounts\/login\//);
  });

  it('let no good cookie stand in for a proof that is wrong', async () => {
    acceptTokens();
    const answer = await ask(`${await browserOf(await makeUser())}; token=invented`);
    expect(await nameIn(answer)).toBeNull();
    expect(answer.status).toBe(403);
  });

  it('set no cookie and write no session for who came without one', async () => {
    acceptTokens();
    tokens.set('adas', await makeUser());
    const before = await db.session.count();
    const { cookies } = await ask('token=adas');
    expect([...cookies.keys()]).toEqual([]);
    expect(await db.session.count()).toBe(before);
  });

  it('say whether another site could have sent the request', async () => {
    acceptTokens();
    const user = await makeUser();
    tokens.set('adas', user);
    const foreign = new Headers({ origin: 'https://evil.example' });
    const read = async (cookie: string) =>
      (await callServer(cookie, readRequest)).value as HttpRequest;
    const byToken = await read('token=adas');
    const byCookie = await read(await browserOf(user));
    expect(() => refuseForged({ ...byToken, headers: foreign })).not.toThrow();
    expect(() => refuseForged({ ...byCookie, headers: foreign })).toThrow(ForgedRequest);
  });
});
