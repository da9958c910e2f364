import { spawnSync } from 'node:child_process';
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { bcryptWorkers } from '@/lib/contrib/auth/hashers/worker-pool';
import { ServiceUnavailable } from '@/lib/core/exceptions';

const SETTING = '$2b$04$abcdefghijklmnopqrstuu';
const LETMEIN = '$2b$04$abcdefghijklmnopqrstuuanVo7Xut1CH8VGIGlz1JovQh9GJbbtG';

const hash = () => bcryptWorkers.hash('lètmein', SETTING);
const hashSlowly = () => bcryptWorkers.hash('lètmein', SETTING, 50);

describe('bcryptWorkers', () => {
  it('leaves this thread free while a password is computed', async () => {
    let turns = 0;
    let isDone = false;
    const hashed = hashSlowly().finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await sleep(1);
      turns += 1;
    }
    expect(await hashed).toBe(LETMEIN);
    expect(turns).toBeGreaterThan(10);
  });

  it('answers each of many with its own result', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `password ${i}`);
    const hashes = await Promise.all(texts.map((text) => bcryptWorkers.hash(text, SETTING)));
    expect(new Set(hashes).size).toBe(20);
    expect(await bcryptWorkers.hash('password 7', SETTING)).toBe(hashes[7]);
  });

  it('refuses more than may wait, tells when to come back, and goes on', async () => {
    await overrideSettings({ PASSWORD_WORKERS: 1, PASSWORD_QUEUE_SIZE: 2 }, async () => {
      await hash();
      const running = [hashSlowly(), hashSlowly(), hashSlowly()];
      const refusal: unknown = await hash().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ServiceUnavailable);
      expect(refusal).toMatchObject({ retryAfter: expect.any(Number), status: 503 });
      expect((refusal as ServiceUnavailable).retryAfter).toBeGreaterThanOrEqual(1);
      expect(await Promise.all(running)).toEqual([LETMEIN, LETMEIN, LETMEIN]);
      expect(await hash()).toBe(LETMEIN);
    });
  });

  it('takes on what can begin at once although nothing may wait', async () => {
    await overrideSettings({ PASSWORD_WORKERS: 1, PASSWORD_QUEUE_SIZE: 0 }, async () => {
      expect(await hash()).toBe(LETMEIN);
      const running = hashSlowly();
      await expect(hash()).rejects.toThrow(ServiceUnavailable);
      expect(await running).toBe(LETMEIN);
    });
  });

  it('takes on its part when several processes serve one port', async () => {
    const { isWorker } = cluster;
    // What Node.js says in a process that `npm start` made.
    Object.assign(cluster, { isWorker: true });
    const changed = { WEB_CONCURRENCY: availableParallelism(), PASSWORD_QUEUE_SIZE: 1 };
    try {
      await overrideSettings(changed, async () => {
        const running = [hashSlowly(), hashSlowly()];
        await expect(hash()).rejects.toThrow(ServiceUnavailable);
        expect(await Promise.all(running)).toEqual([LETMEIN, LETMEIN]);
      });
    } finally {
      Object.assign(cluster, { isWorker });
    }
  });

  it('replaces a thread that died, and fails only the password it died of', async () => {
    await overrideSettings({ PASSWORD_WORKERS: 1 }, async () => {
      const crashing = bcryptWorkers.hash('lètmein', 'no setting at all');
      const waiting = hash();
      await expect(crashing).rejects.toThrow(/salt/i);
      expect(await waiting).toBe(LETMEIN);
    });
  });

  it('keeps a process alive for a result, and not for longer', () => {
    const program = `
      import { bcryptWorkers } from '@/lib/contrib/auth/hashers/worker-pool';
      console.info(await bcryptWorkers.hash('lètmein', '${SETTING}', 20));
    `;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { encoding: 'utf8', timeout: 15_000 },
    );
    expect([status, stdout.trim(), stderr]).toEqual([0, LETMEIN, '']);
  });
});
