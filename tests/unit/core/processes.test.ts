import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { checkProcesses, serverProcesses, siblingProcesses } from '@/lib/core/processes';

const POSTGRESQL = 'postgres://u@localhost/gatehouse';

describe('serverProcesses', () => {
  it.each([
    [null, 'file:./x.sqlite3', 1],
    [null, POSTGRESQL, availableParallelism()],
    [3, 'file:./x.sqlite3', 3],
    [5, POSTGRESQL, 5],
  ])('WEB_CONCURRENCY %j on %s is %i', async (WEB_CONCURRENCY, DATABASE_URL, expected) => {
    await overrideSettings({ WEB_CONCURRENCY, DATABASE_URL }, () => {
      expect(serverProcesses()).toBe(expected);
    });
  });

  it('counts no siblings where npm start has made no processes', async () => {
    expect(cluster.isWorker).toBe(false);
    await overrideSettings({ WEB_CONCURRENCY: 4 }, () => expect(siblingProcesses()).toBe(1));
  });
});

describe('checkProcesses', () => {
  it.each([
    [{ WEB_CONCURRENCY: null, SHUTDOWN_DELAY: 0 }, []],
    [{ WEB_CONCURRENCY: 64 }, []],
    [{ WEB_CONCURRENCY: 0 }, ['conf.E005']],
    [{ WEB_CONCURRENCY: Number.NaN, SHUTDOWN_DELAY: Number.NaN }, ['conf.E005', 'conf.E006']],
  ])('of %j finds %j', async (changed, ids) => {
    await overrideSettings(changed, () => {
      expect(checkProcesses().map(({ id }) => id)).toEqual(ids);
    });
  });
});
