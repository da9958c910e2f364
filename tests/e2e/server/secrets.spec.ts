import { testEnvironment } from '../../support/e2e/environment';
import { createUser, expect, sealedSession, test } from '../fixtures';

const OLD = testEnvironment.SECRET_KEY;
const NEW = 'the-next-secret-of-more-than-32-characters';

test('a secret is rotated and then retired without signing anybody out', {
  tag: '@no-javascript-only',
}, async ({ browser, server, serve, contextOptions }) => {
  const { user, username } = await createUser();
  const value = await sealedSession(user);
  const context = await browser.newContext(contextOptions);
  await context.addCookies([{ name: 'gatehouse_session', value, url: server.url }]);
  const page = await context.newPage();
  const stages: Record<string, string>[] = [
    { SECRET_KEY: OLD },
    { SECRET_KEY: NEW, SECRET_KEY_FALLBACKS: OLD },
    { SECRET_KEY: NEW },
  ];
  for (const env of stages) {
    const running = await serve(server.databaseUrl, env);
    await page.goto(`${running.url}/dashboard/`);
    await expect(page).toHaveURL(`${running.url}/dashboard/`);
    await expect(page.getByRole('main')).toContainText(username);
    await running.stop();
  }
  const dropped = await serve(server.databaseUrl, { SECRET_KEY: OLD });
  await page.goto(`${dropped.url}/dashboard/`);
  await expect(page).toHaveURL(`${dropped.url}/accounts/login/?next=/dashboard/`);
  await dropped.stop();
  await context.close();
});
