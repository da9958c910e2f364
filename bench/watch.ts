import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { findBrowser } from '@/tests/support/e2e/browser';
import {
  createPostgresql,
  createSqlite,
  testEnvironment,
  withDatabase,
} from '@/tests/support/e2e/environment';
import { type RunningServer, startServer } from '@/tests/support/e2e/server';
import { percentile } from './load';
import { sessionCookie } from './reader';

const STREAMS = 20;
const TABS = 10;
const TURNS = 20;
const MOST_MS = 1000;
// Seconds from SIGTERM to the last connection that is taken.
const DELAY = 1;
const AT_END = 50;
const WATCH = '/accounts/watch/';

type Change = { what: 'ended' | 'changed'; make(user: User): Promise<unknown> };

const groupsOf = ({ id }: User) => ({ users: { some: { userId: id } } });

const CHANGES: Record<string, Change> = {
  'session ended': {
    what: 'ended',
    make: ({ id }) => db.session.deleteMany({ where: { userId: id } }),
  },
  deactivated: {
    what: 'ended',
    make: ({ id }) => db.user.update({ where: { id }, data: { isActive: false } }),
  },
  'another password': {
    what: 'ended',
    make: ({ id }) => db.user.update({ where: { id }, data: { password: '!other' } }),
  },
  'group taken': {
    what: 'changed',
    make: ({ id }) => db.userGroup.deleteMany({ where: { userId: id } }),
  },
  "group's permission taken": {
    what: 'changed',
    make: (user) => db.groupPermission.deleteMany({ where: { group: groupsOf(user) } }),
  },
};

let members = 0;

/**
 * How long after something is taken away an open stream, and an open tab, says so: two processes, and
 * the change made by a third, on each database. A tab is counted when what it shows is gone or drawn
 * again. Ten tabs of a browser share one connection. At last fifty streams are open when the processes
 * are told to end. Fails the run where one in twenty takes longer than a second, the tabs open a second
 * connection, or the end takes a second more than SHUTDOWN_DELAY.
 */
export async function measureWatch(): Promise<void> {
  Object.assign(process.env, testEnvironment);
  for (const create of [createSqlite, createPostgresql]) {
    const database = await create();
    const server = await startServer(database.url, {
      WEB_CONCURRENCY: '2',
      SHUTDOWN_DELAY: String(DELAY),
    });
    try {
      await withDatabase(database.url, async () => {
        const name = database.url.split(':')[0];
        for (const [what, change] of Object.entries(CHANGES)) {
          const times: number[] = [];
          for (let i = 0; i < STREAMS; i += 1) times.push(await delayOf(server.url, change));
          report(`${name}, a stream, ${what}`, times);
        }
        await measureTabs(server.url, name ?? '');
        await measureEnd(server, name ?? '');
      });
    } finally {
      await server.stop();
      await database.remove();
    }
  }
}

async function delayOf(url: string, { what, make }: Change): Promise<number> {
  const user = await member();
  const headers = { cookie: await sessionCookie(user), accept: 'text/event-stream' };
  const leaving = new AbortController();
  const response = await fetch(`${url}/accounts/watch/`, { headers, signal: leaving.signal });
  const reader = response.body?.getReader();
  if (!reader) throw new Error(`No stream: ${response.status}`);
  const until = async (word: string) => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended without ${word}.`);
      if (new TextDecoder().decode(value).includes(`event: ${word}`)) return;
    }
  };
  await until('watching');
  // A change at a random moment between two looks.
  await sleep(Math.random() * 500);
  const begun = performance.now();
  await make(user);
  await until(what);
  const delay = performance.now() - begun;
  leaving.abort();
  return delay;
}

/** Somebody who may view articles by a group of their own. */
async function member(): Promise<User> {
  members += 1;
  const user = await users.createUser({ username: `member-${members}`, password: null });
  const { id: permissionId } = await db.permission.findFirstOrThrow({
    where: { codename: 'view_group' },
  });
  const permissions = { create: { permissionId } };
  const group = { name: `Group ${members}`, permissions, users: { create: { userId: user.id } } };
  await db.group.create({ data: group });
  return user;
}

/**
 * What tells, in a page, when it is hidden, and when it shows a text that it did not show before, or the
 * reverse. A text itself, since what tsx makes of a function calls what no page has.
 */
const tellOf = (text: string) => `
  let isShown = null;
  const look = () => {
    if (document.documentElement.hidden) window.tell('ended');
    const shown = document.querySelector('main')?.textContent;
    if (!shown) return;
    const isThere = shown.includes(${JSON.stringify(text)});
    if (isShown !== null && isShown !== isThere) window.tell('changed');
    isShown = isThere;
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document, all);
`;

/** One tab that is in turn taken and given a group, and then its session; and ten that share a connection. */
async function measureTabs(url: string, name: string): Promise<void> {
  const executablePath = findBrowser();
  const args = ['--no-sandbox', '--disable-gpu'];
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args });
  try {
    const user = await member();
    const where = { userId: user.id };
    const { groupId, group } = await db.userGroup.findFirstOrThrow({
      where,
      include: { group: true },
    });
    const context = await browser.newContext();
    let streams = 0;
    context.on('request', (request) => {
      if (request.url().includes(`${WATCH}?seen=`)) streams += 1;
    });
    let heard: (tab: Page, event: string) => void = () => undefined;
    await context.exposeBinding('tell', ({ page }, event: string) => heard(page, event));
    await context.addInitScript(tellOf(group.name));
    const signIn = async () => {
      const [cookie = '', value = ''] = (await sessionCookie(user)).split('=');
      await context.addCookies([{ name: cookie, value, url, httpOnly: true, sameSite: 'Lax' }]);
    };
    const open = async (page: Page, tabs: number) => {
      const first = tabs === 1 && page.waitForResponse((each) => each.url().includes(`${WATCH}?`));
      await page.goto(`${url}/dashboard/`);
      await first;
      // One holds the lock, the others wait for it: all of them listen.
      await page.waitForFunction(async (count) => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return held.length + pending.length === count;
      }, tabs);
    };
    /** Milliseconds after the change at which each of so many tabs has told of it. */
    const all = async (event: string, tabs: number, make: () => Promise<unknown>) => {
      await sleep(Math.random() * 500);
      const times = new Map<Page, number>();
      const begun = performance.now();
      const told = new Promise<void>((resolve) => {
        heard = (page, each) => {
          if (each !== event || times.has(page)) return;
          times.set(page, performance.now() - begun);
          if (times.size === tabs) resolve();
        };
      });
      await make();
      await told;
      return [...times.values()];
    };
    const take = () => db.userGroup.deleteMany({ where });
    const give = () => db.userGroup.create({ data: { ...where, groupId } });
    const end = () => db.session.deleteMany({ where });
    const page = await context.newPage();
    const [changed, ended]: [number[], number[]] = [[], []];
    await signIn();
    await open(page, 1);
    for (let turn = 0; turn < TURNS; turn += 1) {
      changed.push(...(await all('changed', 1, turn % 2 === 0 ? take : give)));
    }
    report(`${name}, a tab, drawn again`, changed);
    for (let turn = 0; turn < TURNS; turn += 1) {
      ended.push(...(await all('ended', 1, end)));
      await page.waitForURL('**/accounts/login/**');
      await signIn();
      await open(page, 1);
    }
    report(`${name}, a tab, blank`, ended);
    streams = 0;
    await open(page, 1);
    for (let tabs = 2; tabs <= TABS; tabs += 1) await open(await context.newPage(), tabs);
    tell(`${name}, ${TABS} tabs at once, drawn again`, await all('changed', TABS, take));
    tell(`${name}, ${TABS} tabs at once, blank`, await all('ended', TABS, end));
    console.info(`${name}, ${TABS} tabs: connections opened ${streams}`);
    if (streams === 1) return;
    console.error('The tabs of a browser do not share one connection.');
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** How long two processes with fifty open streams take from SIGTERM to their end. */
async function measureEnd(server: RunningServer, name: string): Promise<void> {
  const user = await member();
  const streams: Promise<string>[] = [];
  while (streams.length < AT_END) {
    const headers = { cookie: await sessionCookie(user), accept: 'text/event-stream' };
    const response = await fetch(server.url + WATCH, { headers });
    if (response.status !== 200) throw new Error(`No stream: ${response.status}`);
    streams.push(response.text());
  }
  const begun = performance.now();
  await server.stop('SIGTERM');
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(streams);
  const status = await server.ended;
  console.info(
    `${name}, ${AT_END} streams: ended ${seconds.toFixed(2)} s after SIGTERM, status ${status} (SHUTDOWN_DELAY ${DELAY})`,
  );
  if (status === 0 && seconds <= DELAY + 1) return;
  console.error('Streams delay the end.');
  process.exitCode = 1;
}

function report(what: string, times: number[]): void {
  tell(what, times);
  if (at(times, 0.95) <= MOST_MS) return;
  console.error(`One in twenty takes longer than ${MOST_MS} ms.`);
  process.exitCode = 1;
}

function tell(what: string, times: number[]): void {
  const [median, most, max] = [0.5, 0.95, 1].map((part) => at(times, part).toFixed(0));
  console.info(`${what}: median ${median} ms, p95 ${most} ms, max ${max} ms (${times.length})`);
}

function at(times: number[], part: number): number {
  return percentile(
    times.toSorted((one, other) => one - other),
    part,
  );
}
