import { afterAll, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import * as remoteUserHeader from '@/lib/contrib/auth/remote-user/header';
import { captureConsole } from '@/lib/core/log/captured-console';
import { reportRequestError, requestFields } from '@/lib/http/server/request-error';
import { installRequestHook } from '@/lib/http/server/request-hook';
import { openDoor } from '@/tests/support/door';

const takeOff = installRequestHook(remoteUserHeader);
const door = await openDoor({ ALLOWED_HOSTS: ['testserver'] });

afterAll(async () => {
  takeOff();
  await door.close();
});

/** What is written of an error of a page, which `tell` prints as Next.js does. */
async function written(tell: (error: Error) => void): Promise<unknown[]> {
  const lines: unknown[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation(
    (chunk) => lines.push(JSON.parse(String(chunk))) > 0,
  );
  door.bare = () => {
    const putBack = captureConsole(requestFields);
    tell(Object.assign(new Error('No such thing.'), { digest: '1234' }));
    putBack();
    return { status: 500, body: 'page' };
  };
  await overrideSettings({ LOG_FORMAT: 'json' }, async () => {
    await door.ask('POST /shop/?token=a', { headers: { 'content-length': '0' } });
    await vi.waitFor(() => expect(lines).not.toEqual([]));
  });
  return lines;
}

const REPORT = { logger: 'http.error', method: 'POST', path: '/shop/', digest: '1234' };

it('an error that Next.js prints before it tells of it has one line, with its route', async () => {
  const lines = await written((error) => {
    console.error(error);
    const route = { routePath: '/shop', routeType: 'action' };
    setImmediate(() => reportRequestError(error, { path: '/shop', method: 'POST' }, route));
  });
  expect(lines).toMatchObject([{ ...REPORT, route: '/shop', kind: 'action' }]);
});

it('an error that Next.js only prints has a line with its request', async () => {
  const lines = await written((error) => console.error('⨯', error));
  expect(lines).toMatchObject([REPORT]);
});
