import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { testEnvironment } from '../../support/e2e/environment';
import { startServer } from '../../support/e2e/server';
import { buildVariant } from '../../support/e2e/variant';
import { Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, test } from '../fixtures';

/** One address, and behind it whichever server is deployed at this moment. */
async function startSwitch(upstream: () => string) {
  const server = createServer((incoming, outgoing) => {
    const sent = request(new URL(incoming.url ?? '/', upstream()), {
      method: incoming.method,
      headers: incoming.headers,
    });
    sent.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}

async function submit(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

if (process.env['TEST_LONG']) {
  test('a form of the build before is taken by the next build, with JavaScript and without', {
    tag: '@javascript-only',
  }, async ({ server, page, allowConsoleErrors }) => {
    test.setTimeout(600_000);
    // What the old page would still load may be gone.
    allowConsoleErrors(/status of 404/);
    const old = buildVariant({}, testEnvironment);
    const changes = {
      'components/frame/site-footer.tsx': (source: string) =>
        source.replace('says why', 'tells why'),
      'components/forms/error-summary.tsx': (source: string) => source.replace('py-3', 'py-4'),
    };
    const next = buildVariant(changes, testEnvironment);
    const servers = [
      await startServer(server.databaseUrl, {}, old.folder),
      await startServer(server.databaseUrl, {}, next.folder),
    ];
    let deployed = servers[0]?.url ?? '';
    const site = await startSwitch(() => deployed);
    try {
      const { username, password } = await createUser();
      const stranger = new Visitor(site.url, '');
      const form = await stranger.form('/accounts/login/', 'username');
      await page.goto(`${site.url}/accounts/login/`);
      deployed = servers[1]?.url ?? '';

      const answer = await stranger.post(
        '/accounts/login/',
        withFields(form, { username, password }),
      );
      expect([answer.status, answer.headers.location]).toEqual([303, '/dashboard/']);

      await submit(page, username, 'not the password');
      await expect(page.getByText('do not match')).toBeVisible();
      await expect(page.getByLabel('Username')).toHaveValue(username);
      await submit(page, username, password);
      await expect(page.getByRole('main')).toContainText(username);
      await expect(page).toHaveURL(`${site.url}/dashboard/`);
      // What the page still prefetches would find the server gone.
      await page.goto('about:blank');
    } finally {
      site.close();
      for (const each of servers) await each.stop();
      for (const each of [old, next]) each.remove();
    }
  });
}
