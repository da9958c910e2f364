import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { keepRemoteUser } from '@/lib/contrib/auth/remote-user/keep-remote-user';
import { processRemoteUser } from '@/lib/contrib/auth/remote-user/process-remote-user';
import { openSession } from '@/lib/contrib/sessions/cookie';
import type { HttpRequest } from '@/lib/http/request';
import { enterExchange } from '@/lib/http/server/exchange';
import { requestWith } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const on = {
  MIDDLEWARE: ['SessionMiddleware', 'AuthenticationMiddleware', 'RemoteUserMiddleware'],
  AUTHENTICATION_BACKENDS: ['RemoteUserBackend'],
};

/** A page that is rendered for this request; returns the cookies on Node's response. */
async function render(cookie: string | undefined, remoteUser: string | null): Promise<string[]> {
  const incoming = new IncomingMessage(new Socket());
  const response = new ServerResponse(incoming);
  response.setHeader('Set-Cookie', 'gatehouse_messages=; Path=/');
  enterExchange({ request: incoming, response, url: '/', remoteUser });
  const opened = await openSession(cookie);
  const { user, session } = await requestWith(opened?.seal);
  const request: HttpRequest = {
    user,
    session,
    method: 'GET',
    path: '/',
    headers: new Headers(),
    ipAddress: '192.0.2.1',
    userAgent: 'Tester',
    isSecure: false,
    origin: 'http://localhost',
    messages: [],
  };
  await processRemoteUser(request, remoteUser);
  await keepRemoteUser(request);
  return [response.getHeader('Set-Cookie')].flat().map(String).slice(1);
}

describe('keepRemoteUser', () => {
  it('puts the cookie of a session that a page began or ended beside what is there', async () => {
    await overrideSettings(on, async () => {
      const [line = '', ...others] = await render(undefined, 'ada');
      expect(others).toEqual([]);
      const [, cookie = ''] =
        /^gatehouse_session=([^;]+); Path=\/; Max-Age=\d+; HttpOnly/.exec(line) ?? [];
      expect(await openSession(cookie)).not.toBeNull();
      expect(await render(cookie, 'ada')).toEqual([]);
      expect(await render(cookie, null)).toEqual([
        'gatehouse_session=; Path=/; Max-Age=0; HttpOnly',
      ]);
      expect(await render(undefined, null)).toEqual([]);
    });
  });
});
