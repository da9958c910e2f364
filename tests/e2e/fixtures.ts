import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import type { PermissionName } from '@/lib/apps/installed';
import { login as djangoLogin } from '@/lib/contrib/auth';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { type NewUser, users } from '@/lib/contrib/auth/users/managers';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import {
  connectTo,
  createSqlite,
  neutral,
  type TestDatabase,
  testEnvironment,
} from '../support/e2e/environment';
import { type RunningServer, startServer } from '../support/e2e/server';
import { Visitor } from '../support/e2e/visitor';
import { expectLogLines } from '../support/log-lines';
import { type Mailbox, openMailbox } from './mailbox';

export { expect };

const PASSWORD = 'Correct-horse-battery';
let encodedOnce: Promise<string> | undefined;

/** A user as a test asks for one; `groups` are made if they do not exist. */
type WantedUser = Partial<NewUser> & { groups?: string[]; permissions?: PermissionName[] };

/** A user as a test gets one, with the password in clear. */
export type TestUser = { user: User; username: string; password: string };

type Fixtures = {
  /**
   * Whether tabs follow what happens to their session. Without, a test can end a session and look at
   * what a tab does that has not heard of it.
   */
  followsSession: boolean;
  /**
   * Whether a test has a browser context that no other had. Playwright's own option for it, `reuseContext`,
   * would take another worker, with a server of its own.
   */
  hasOwnContext: boolean;
  /** Make a user in the server's database; every name and password is new unless it is given. */
  createUser: (wanted?: WantedUser) => Promise<TestUser>;
  /** Sign this browser in without the form: a row of `auth_session`, and its cookie. */
  login: (user: User) => Promise<void>;
  /** Errors in the browser's console that this test provokes. Any other fails it. */
  allowConsoleErrors: (...patterns: RegExp[]) => void;
  consoleErrors: { allowed: RegExp[]; seen: string[] };
  /** A further database, gone after the test. */
  makeDatabase: (create: () => Promise<TestDatabase>) => Promise<string>;
  /** A further server of the same build, stopped after the test. */
  serve: (databaseUrl: string, env?: Record<string, string>) => Promise<RunningServer>;
};

Object.assign(process.env, neutral, testEnvironment);

type WorkerFixtures = {
  /** Where the worker's server writes its mail. */
  mailbox: Mailbox;
  server: RunningServer;
};

/**
 * Playwright's test with a server of its own for each worker, on a new SQLite file. Spec files with
 * worker fixtures of their own would each start another worker, server and browser.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  mailbox: [
    async ({}, use) => {
      const mailbox = await openMailbox();
      await use(mailbox);
      await mailbox.remove();
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ mailbox }, use) => {
      const database = await createSqlite();
      const server = await startServer(database.url, { EMAIL_URL: mailbox.url });
      await connectTo(database.url);
      await use(server);
      await connectTo(undefined);
      await server.stop();
      await database.remove();
      expectLogLines(server.lines);
    },
    { scope: 'worker', auto: true },
  ],

  baseURL: ({ server }, use) => use(server.url),

  followsSession: [false, { option: true }],

  hasOwnContext: [false, { option: true }],

  consoleErrors: ({}, use) => use({ allowed: [], seen: [] }),

  // Here and not in an automatic fixture: a test that asks for no page opens no browser.
  context: async (
    { context: shared, browser, consoleErrors, followsSession, hasOwnContext },
    use,
  ) => {
    const { allowed, seen } = consoleErrors;
    const context = hasOwnContext ? await browser.newContext() : shared;
    // Tabs take turns by a lock: without locks none follows.
    if (!followsSession) await context.addInitScript('delete Navigator.prototype.locks');
    context.on('console', (message) => {
      if (message.type() === 'error') seen.push(described(message));
    });
    context.on('weberror', (error) => seen.push(String(error.error())));
    await use(context);
    if (hasOwnContext) await context.close();
    const isUnexpected = (text: string) => !allowed.some((pattern) => pattern.test(text));
    expect(seen.filter(isUnexpected), 'errors in the console').toEqual([]);
  },

  allowConsoleErrors: ({ consoleErrors }, use) =>
    use((...patterns) => {
      consoleErrors.allowed.push(...patterns);
    }),

  makeDatabase: async ({}, use) => {
    const made: TestDatabase[] = [];
    await use(async (create) => {
      const database = await create();
      made.push(database);
      return database.url;
    });
    for (const database of made) await database.remove();
  },

  serve: async ({ makeDatabase: _databasesOutliveServers }, use) => {
    const running: RunningServer[] = [];
    await use(async (databaseUrl, env) => {
      const server = await startServer(databaseUrl, env);
      running.push(server);
      return server;
    });
    for (const server of running) await server.stop();
  },

  createUser: ({}, use) => use(createUser),

  login: async ({ context, baseURL }, use) =>
    use(async (user) => {
      const value = await sealedSession(user);
      await context.addCookies([
        {
          name: sessionCookieName(false),
          value,
          url: baseURL ?? '',
          httpOnly: true,
          sameSite: 'Lax',
        },
      ]);
    }),
});

/** Sign in through the form, at the worker's server or at `origin`, and wait for what comes next. */
export async function signIn(
  page: Page,
  username: string,
  password: string,
  origin = '',
): Promise<void> {
  await page.goto(`${origin}/accounts/login/`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/accounts/login/');
}

/** Make a user in the database that `lib/` speaks to at this moment. */
export async function createUser({
  groups = [],
  permissions = [],
  ...fields
}: WantedUser = {}): Promise<TestUser> {
  const username = fields.username ?? `user-${crypto.randomUUID().slice(0, 8)}`;
  const password = fields.password ?? PASSWORD;
  const { id } = await users.createUser({ ...fields, username, password: null });
  const encoded = await (fields.password ? makePassword(fields.password) : encodedPassword());
  await db.user.update({ where: { id }, data: { password: encoded } });
  const user = await users.getByNaturalKey(username);
  if (!user) throw new Error(`${username} was not made.`);
  for (const name of groups) {
    const group = await db.group.upsert({ where: { name }, create: { name }, update: {} });
    await db.userGroup.create({ data: { userId: user.id, groupId: group.id } });
  }
  for (const name of permissions) {
    const [appLabel = '', codename = ''] = name.split('.');
    const permission = await db.permission.findFirstOrThrow({
      where: { codename, contentType: { appLabel } },
    });
    await db.userPermission.create({ data: { userId: user.id, permissionId: permission.id } });
  }
  return { user, username, password };
}

// One hash for everybody who does not ask for a password: a good hash is slow to make.
function encodedPassword(): Promise<string> {
  encodedOnce ??= makePassword(PASSWORD);
  return encodedOnce;
}

/** A session of this user in the database, sealed for a cookie. */
export async function sealedSession(user: User): Promise<string> {
  const session = new Session();
  const client = { ipAddress: '127.0.0.1', userAgent: 'test' };
  await djangoLogin({ session, user: new AnonymousUser(), ...client }, user);
  const seal = await session.save(client);
  if (seal === null || seal === 'delete') throw new Error('The session was not written.');
  return sealSession(seal);
}

/** Somebody without a browser who is signed in at this server. */
export async function visitorOf(origin: string, user: User): Promise<Visitor> {
  return new Visitor(origin, `${sessionCookieName(false)}=${await sealedSession(user)}`);
}

function described(message: ConsoleMessage): string {
  return `${message.text()} (${message.location().url})`;
}
