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
  const visit = async (url: string) => {
    const page = await new PlainBrowser(url, cookies).open('/dashboard/');
    expect([page.address, page.body.includes(username)]).toEqual(['/dashboard/', true]);
  };
  // The server of every test has the old secret alone.
  await visit(server.url);
  const stages: Record<string, string>[] = [
    { SECRET_KEY: NEW, SECRET_KEY_FALLBACKS: OLD },
    { SECRET_KEY: NEW },
  ];
  for (const env of stages) {
    const running = await serve(server.databaseUrl, env);
    await visit(running.url);
    await running.stop();
  }
  const page = await new PlainBrowser(server.url, cookies).open('/dashboard/');
  expect(page.address).toBe('/accounts/login/?next=/dashboard/');
});
