import type { APIRequestContext } from '@playwright/test';
import { request } from '@playwright/test';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { createPostgresql, createSqlite, withDatabase } from '../../support/e2e/environment';
import { addRows } from '../../support/e2e/rows-everywhere';
import type { RunningServer } from '../../support/e2e/server';
import { adminPages, statementsByPage } from '../../support/e2e/statement-counts';
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
  test(`a page costs one statement on ${name}, one for permissions, and none in the admin a row`, {
    tag: '@no-javascript-only',
  }, async ({ makeDatabase, serve }) => {
    const databaseUrl = await makeDatabase(create);
    const server = await serve(databaseUrl, { LOG_SQL: '1' });
    const seals = await withDatabase(databaseUrl, async () => {
      const member = await createUser({ permissions: ['articles.view_article'], groups: ['G'] });
      const root = await createUser({ isSuperuser: true, isStaff: true });
      const { id: groupId } = await db.group.findFirstOrThrow();
      return {
        member: await sealedSession(member.user),
        root: await sealedSession(root.user),
        middle: { userId: member.user.id, groupId },
      };
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

    const pages = adminPages(seals.middle);
    await withDatabase(databaseUrl, () => addRows(seals.middle, 0, 1));
    const one = await statementsByPage(server, root, pages);
    await withDatabase(databaseUrl, () => addRows(seals.middle, 1, 99));
    const hundred = await statementsByPage(server, root, pages);
    expect(hundred.size).toBeGreaterThan(60);
    const more = [...hundred].filter(([path, count]) => count > (one.get(path) ?? 0));
    expect(more.map(([path, count]) => [path, one.get(path), count])).toEqual([]);
    console.info(
      name,
      JSON.stringify([...hundred].map(([path, count]) => [path, one.get(path), count])),
    );
    for (const context of [stranger, member, root]) await context.dispose();
  });
}
