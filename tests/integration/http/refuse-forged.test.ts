import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { processRemoteUser } from '@/lib/contrib/auth/remote-user/process-remote-user';
import { Session } from '@/lib/contrib/sessions/session';
import { ForgedRequest, refuseForged } from '@/lib/http/refusals';
import type { HttpRequest } from '@/lib/http/request';
import { client, requestWith } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const on = {
  MIDDLEWARE: ['SessionMiddleware', 'AuthenticationMiddleware', 'RemoteUserMiddleware'],
  AUTHENTICATION_BACKENDS: ['RemoteUserBackend'],
};

/** A form that does not say where it comes from, sent without a cookie. */
async function silentPost(remoteUser: string | null): Promise<HttpRequest> {
  const request: HttpRequest = {
    ...(await requestWith()),
    ...client,
    method: 'POST',
    path: '/accounts/password_change/',
    headers: new Headers(),
    isSecure: false,
    origin: 'http://localhost',
    messages: [],
  };
  await processRemoteUser(request, remoteUser);
  return request;
}

describe('refuseForged', () => {
  it('takes whom a proxy names for somebody with a session, before they have one', async () => {
    await overrideSettings(on, async () => {
      const request = await silentPost('ada');
      expect(() => refuseForged(request)).toThrow(ForgedRequest);
      const session = new Session();
      expect(() => refuseForged({ ...request, session })).toThrow(ForgedRequest);
    });
  });

  it('lets a stranger pass, from whom there is nothing to steal', async () => {
    await overrideSettings(on, async () => {
      const request = await silentPost(null);
      expect(() => refuseForged(request)).not.toThrow();
    });
  });
});
