import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import path from 'node:path';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { Writer } from '../../support/e2e/articles';
import { connectTo, createSqlite, migrateSqlite } from '../../support/e2e/environment';
import { report, underLoad } from '../../support/e2e/load';
import { childrenOf } from '../../support/e2e/processes';
import { canMount, smallDisk } from '../../support/e2e/small-disk';
import { createUser, expect, sealedSession, test } from '../fixtures';

const isLong = process.env['TEST_LONG'] === '1';
const VISITORS = 4;
const WHILE_DISK_FILLS = { timeout: 120_000, intervals: [50] };

async function signedIn(): Promise<string> {
  const { user } = await createUser({ isStaff: true, isSuperuser: true });
  return `${sessionCookieName(false)}=${await sealedSession(user)}`;
}

async function integrity(): Promise<unknown> {
  return db.$queryRaw`PRAGMA integrity_check`;
}

test.describe('SQLite', { tag: '@no-javascript-only' }, () => {
  test('the process killed while it writes: nothing is lost or half-written', async ({
    server,
    makeDatabase,
    serve,
  }) => {
    const rounds = isLong ? 5 : 1;
    // A process that is killed soon after its start is replaced after twice the pause of the last one.
    test.setTimeout(60_000 + rounds * 60_000);
    const databaseUrl = await makeDatabase(createSqlite);
    const running = await serve(databaseUrl, { WEB_CONCURRENCY: '1' });
    await connectTo(databaseUrl);
    try {
      const writer = await new Writer(await signedIn()).open(running.url);
      const send = (number: number) => writer.add(running.url, number);
      const tally = await underLoad(VISITORS, send, async (soFar) => {
        for (let i = 0; i < rounds; i += 1) {
          await writer.untilSaved(10, soFar);
          for (const pid of childrenOf(running.pid)) process.kill(pid, 'SIGKILL');
        }
        await writer.untilSaved(10, soFar);
      });
      const { lost, halves } = await writer.losses();
      const check = await integrity();
      const also = `lost writes ${lost}, halves ${halves}, integrity ${JSON.stringify(check)}`;
      report(`SQLite's process killed ${rounds} times while writing`, tally, also);
      expect([lost, halves, check]).toEqual([0, 0, [{ integrity_check: 'ok' }]]);
    } finally {
      await connectTo(server.databaseUrl);
    }
  });

  if (canMount()) {
    test('a full disk: writes are refused, reads go on, and all is well when there is room', async ({
      server,
      serve,
    }) => {
      const { folder, remove } = smallDisk();
      const databaseUrl = `file:${path.join(folder, 'gatehouse.sqlite3')}`;
      try {
        await migrateSqlite(databaseUrl);
        const running = await serve(databaseUrl);
        await connectTo(databaseUrl);
        const cookie = await signedIn();
        const writer = await new Writer(cookie).open(running.url);
        await connectTo(server.databaseUrl);
        const body = 'A long text. '.repeat(2000);
        const write = (number: number) => writer.add(running.url, number, body);
        const tally = await underLoad(VISITORS, write, async ({ failures }) => {
          await expect.poll(() => failures.length, WHILE_DISK_FILLS).toBeGreaterThan(10);
        });
        const { bavail, bsize } = statfsSync(folder);
        expect(bavail * bsize).toBeLessThan(150_000);
        const reads = await Promise.all(Array.from({ length: 20 }, () => writer.read(running.url)));
        execFileSync('mount', ['-o', 'remount,size=16m', folder]);
        const before = writer.saved.length;
        const after = await Promise.all(Array.from({ length: 10 }, (_, i) => write(100_000 + i)));
        await connectTo(databaseUrl);
        const { lost, halves } = await writer.losses();
        const check = await integrity();
        const figures = [
          `reads while full ${reads.length} of 20`,
          `writes with room again ${writer.saved.length - before} of 10`,
          `lost writes ${lost}, halves ${halves}, integrity ${JSON.stringify(check)}`,
        ];
        report('Disk full (a tmpfs of 3 MiB)', tally, figures.join(', '));
        expect(tally.failures.length).toBeGreaterThan(0);
        expect(after.map(({ status }) => status)).toEqual(Array(10).fill(303));
        expect([lost, halves, check]).toEqual([0, 0, [{ integrity_check: 'ok' }]]);
        await running.stop();
      } finally {
        await connectTo(server.databaseUrl);
        remove();
      }
    });
  }
});
