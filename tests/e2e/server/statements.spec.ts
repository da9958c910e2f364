import type { APIRequestContext } from '@playwright/test';
import { request } from '@playwright/test';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { createPostgresql, createSqlite, withDatabase } from '../../support/e2e/environment';
import type { RunningServer } from '../../support/e2e/server';
import { createUser, expect, sealedSession, test } from '../fixtures';

test.describe.configure({ mode: 'serial' });

/** What a page costs. A statement too many that is printed late is one of the next page. */
async function expectStatements(
  server: RunningServer,
  client: APIRequestContext,
  path: string,
  count: number,
): Promise<void> {
  const before = server.lines.length;
  const answer = await client.get(path, { headers: { accept: 'text/html' }, maxRedirects: 0 });
  expect(answer.status()).toBe(200);
  const printed = () => server.lines.slice(before).filter((line) => line.startsWith('SQL '));
  await expect.poll(printed, { message: path }).toHaveLength(count);
}

for (const [name, create] of [
  ['SQLite', createSqlite],
  ['PostgreSQL', createPostgresql],
] as const) {
  test(`a signed-in page costs one statement on ${name}, and one more for permissions`, {
    tag: '@no-javascript-only',
  }, async ({ makeDatabase, serve }) => {
    const databaseUrl = await makeDatabase(create);
    const server = await serve(databaseUrl, { LOG_SQL: '1' });
    const seals = await withDatabase(databaseUrl, async () => {
      const member = await createUser({ permissions: ['articles.view_article'], groups: ['G'] });
      const root = await createUser({ isSuperuser: true });
      return { member: await sealedSession(member.user), root: await sealedSession(root.user) };
    });
    const as = (value: string | null) =>
      request.newContext({
        baseURL: server.url,
        extraHTTPHeaders: value ? { cookie: `${sessionCookieName(false)}=${value}` } : {},
      });
    const [stranger, member, root] = await Promise.all([
      as(null),
      as(seals.member),
      as(seals.root),
    ]);
    // The first connection to a database says a few things of its own.
    await root.get('/');
    await expectStatements(server, root, '/', 1);
    await expectStatements(server, stranger, '/', 0);
    await expectStatements(server, root, '/', 1);
    await expectStatements(server, member, '/', 2);
    await expectStatements(server, member, '/dashboard/', 2);
    await expectStatements(server, root, '/dashboard/', 2);
    await expectStatements(server, stranger, '/', 0);
    for (const context of [stranger, member, root]) await context.dispose();
  });
}
