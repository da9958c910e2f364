import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { sendRaw } from '../../support/attack/raw-form';
import { Writer } from '../../support/e2e/articles';
import { Balancer, report, underLoad } from '../../support/e2e/load';
import { childrenOf } from '../../support/e2e/processes';
import type { RunningServer } from '../../support/e2e/server';
import { createUser, expect, sealedSession, test } from '../fixtures';

async function writerAt(url: string): Promise<Writer> {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  return new Writer(`${sessionCookieName(false)}=${await sealedSession(user)}`).open(url);
}

/** Open tabs that follow their session, each a stream that ends with the server at the latest. */
async function openTabs(url: string, sessions: number): Promise<Promise<string>[]> {
  const { user } = await createUser();
  const tabs: Promise<string>[] = [];
  for (let i = 0; i < sessions; i += 1) {
    const cookie = `${sessionCookieName(false)}=${await sealedSession(user)}`;
    const headers = { cookie, accept: 'text/event-stream' };
    const streams = [1, 2].map(() => fetch(`${url}/accounts/watch/`, { headers }));
    for (const stream of await Promise.all(streams)) {
      expect(stream.status).toBe(200);
      tabs.push(stream.text());
    }
  }
  return tabs;
}

/** Tell a server to end while visitors come, half of them to another one of the same database. */
async function endUnderLoad(running: RunningServer, other: string, what: string): Promise<void> {
  const writer = await writerAt(running.url);
  const balancer = new Balancer([running.url, other]);
  const send = (number: number) =>
    balancer.send((url) => (number % 4 ? writer.read(url) : writer.add(url, number)));
  const health: number[] = [];
  let isOver = false;
  const tally = await underLoad(process.env['TEST_LONG'] ? 6 : 4, send, async (soFar) => {
    await writer.untilSaved(3, soFar);
    const ending = running.stop('SIGTERM').then(() => {
      isOver = true;
    });
    while (!isOver) {
      const { status } = await sendRaw(`${running.url}/healthz/`).catch(() => ({ status: 0 }));
      health.push(status);
      await sleep(100);
    }
    await ending;
    await writer.untilSaved(3, soFar);
  });
  balancer.stop();
  const { lost } = await writer.losses();
  report(`SIGTERM under load, ${what}`, tally, `lost writes ${lost}`);
  expect([tally.failures, lost]).toEqual([[], 0]);
  expect(health).toContain(503);
  expect(health).not.toContain(500);
}

test.describe('npm start', { tag: '@no-javascript-only' }, () => {
  test('says once what is wrong, and ends with status 1', ({ server }) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/start.mjs', '-p', '0'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          NODE_ENV: 'production',
          DATABASE_URL: server.databaseUrl,
          SECRET_KEY: 'hunter2',
          WEB_CONCURRENCY: '2',
        },
      },
    );
    expect((stdout + stderr).match(/SECRET_KEY is too weak/g)).toHaveLength(1);
    expect(stderr).not.toContain('another one starts');
    expect(status).toBe(1);
  });

  test('replaces a process that dies, and loses no request when it is told to end', async ({
    server,
    serve,
  }) => {
    const running = await serve(server.databaseUrl, { WEB_CONCURRENCY: '2', SHUTDOWN_DELAY: '3' });
    await expect.poll(() => childrenOf(running.pid).length).toBe(2);
    const [victim = 0, survivor] = childrenOf(running.pid);
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => running.lines.join('\n')).toContain('The other process serves.');
    expect(childrenOf(running.pid)).toContain(survivor);
    await expect
      .poll(() => running.lines.join('\n'))
      .toContain('A process of the server ended (SIGKILL)');
    const tabs = await openTabs(running.url, 25);
    await endUnderLoad(running, server.url, 'two processes');
    // Whom it still waits for after SHUTDOWN_TIMEOUT it cuts off, and ends with 1.
    expect(await running.ended).toBe(0);
    for (const said of await Promise.all(tabs)) expect(said).not.toContain('ended');
  });

  if (process.env['TEST_LONG']) {
    for (const [what, env] of [
      ['one process, looked after', { WEB_CONCURRENCY: '1' }],
      ['next start alone', {}],
    ] as const) {
      test(`loses no request when it is told to end: ${what}`, async ({ server, serve }) => {
        await endUnderLoad(await serve(server.databaseUrl, env), server.url, what);
      });
    }
  }
});
