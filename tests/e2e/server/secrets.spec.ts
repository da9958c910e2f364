import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { PlainBrowser } from '../../support/admin-script/plain-browser';
import { testEnvironment } from '../../support/e2e/environment';
import { createUser, expect, sealedSession, test } from '../fixtures';

const OLD = testEnvironment.SECRET_KEY;
const NEW = 'the-next-secret-of-more-than-32-characters';

test('a secret is rotated and then retired without signing anybody out', {
  tag: '@no-javascript-only',
}, async ({ server, serve }) => {
  const { user, username } = await createUser();
  const cookies = new Map([[sessionCookieName(false), await sealedSession(user)]]);
  const stages: Record<string, string>[] = [
    { SECRET_KEY: OLD },
    { SECRET_KEY: NEW, SECRET_KEY_FALLBACKS: OLD },
    { SECRET_KEY: NEW },
  ];
  for (const env of stages) {
    const running = await serve(server.databaseUrl, env);
    const page = await new PlainBrowser(running.url, cookies).open('/dashboard/');
    expect([page.address, page.body.includes(username)]).toEqual(['/dashboard/', true]);
    await running.stop();
  }
  const dropped = await serve(server.databaseUrl, { SECRET_KEY: OLD });
  const page = await new PlainBrowser(dropped.url, cookies).open('/dashboard/');
  expect(page.address).toBe('/accounts/login/?next=/dashboard/');
});
