import type { APIRequestContext } from '@playwright/test';
import { request } from '@playwright/test';
import { sessionCookieName } from '@/lib/sessions/cookie';
import { createPostgresql, createSqlite, withDatabase } from '../setup/e2e/environment';
import type { RunningServer } from '../setup/e2e/server';
import { createUser, expect, sealedSession, test } from './fixtures';

test.describe.configure({ mode: 'serial' });

async function statementsOf(
  server: RunningServer,
  client: APIRequestContext,
  path: string,
): Promise<string[]> {
  const before = server.lines.length;
  const answer = await client.get(path, { headers: { accept: 'text/html' }, maxRedirects: 0 });
  expect(answer.status()).toBe(200);
  return server.lines.slice(before).filter((line) => line.startsWith('SQL '));
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
    await statementsOf(server, root, '/');
    expect(await statementsOf(server, stranger, '/')).toHaveLength(0);
    expect(await statementsOf(server, root, '/')).toHaveLength(1);
    expect(await statementsOf(server, member, '/')).toHaveLength(2);
    expect(await statementsOf(server, member, '/dashboard/')).toHaveLength(2);
    expect(await statementsOf(server, root, '/dashboard/')).toHaveLength(2);
    for (const context of [stranger, member, root]) await context.dispose();
  });
}
