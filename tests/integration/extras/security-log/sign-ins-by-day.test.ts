import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { signInsByDay } from '@/lib/extras/security-log/home/sign-ins-by-day';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

const blank = {
  actorUsername: '',
  targetUsername: '',
  ipAddress: '',
  userAgent: '',
  sessionKey: '',
  detail: '{}',
};

let noon = new Date('2026-11-28T12:00:00Z');

beforeAll(freshDatabase);
// Each another year: what was counted of past days is kept.
beforeEach(() => {
  noon = new Date(Date.UTC(noon.getUTCFullYear() + 1, 10, 28, 12));
});

async function happened(event: string, hoursBefore: number): Promise<void> {
  const time = new Date(noon.getTime() - hoursBefore * 3_600_000);
  await db.securityLogEntry.create({ data: { ...blank, event, time } });
}

async function counts(days: number, now = noon) {
  const all = await signInsByDay(days, now);
  return all.map(({ signIns, failures }) => [signIns, failures]);
}

describe('signInsByDay', () => {
  it('counts sign-ins, after failures too, and failed tries, and nothing else', async () => {
    for (const event of [
      'authn_login_success',
      'authn_login_successafterfail',
      'authn_login_fail',
    ]) {
      await happened(event, 1);
    }
    await happened('session_expired', 1);
    await happened('authn_login_success', 25);
    await happened('authn_login_fail', 24 * 3);
    expect(await counts(3)).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
  });

  it('begins the days where the clocks of the site do', async () => {
    // 12 hours before noon and a minute is the evening before in UTC, and this day in Auckland.
    await happened('authn_login_success', 12.02);
    expect(await counts(2)).toEqual([
      [1, 0],
      [0, 0],
    ]);
    await overrideSettings({ TIME_ZONE: 'Pacific/Auckland' }, async () => {
      const [, today] = await signInsByDay(2, noon);
      expect(today?.start.toISOString()).toMatch(/-11-28T11:00:00/);
    });
  });

  it('counts today anew each time, and days that are over once an hour', async () => {
    await counts(5);
    await happened('authn_login_success', 1);
    await happened('authn_login_success', 24 * 3);
    const statements = await statementsOf(async () => {
      expect(await counts(5)).toEqual([
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 0],
      ]);
    });
    expect(statements).toHaveLength(1);
    const later = new Date(noon.getTime() + 3_700_000);
    expect(await counts(5, later)).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
  });

  it.runIf(testDatabase === 'sqlite')('reads an index and no row', async () => {
    const [statement = ''] = await statementsOf(() => signInsByDay(1, noon));
    const values = Array(20).fill("''");
    const plain = statement.replace(/\?(\d+)?/g, () => values.pop() ?? "''");
    const plan = await db.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${plain}`);
    const reads = plan
      .map(({ detail }) => detail)
      .filter((detail) => detail.includes('auth_security_log'));
    expect(reads).toHaveLength(3);
    for (const read of reads) {
      expect(read).toContain(
        'COVERING INDEX auth_security_log_event_time_idx (event=? AND time>? AND time<?)',
      );
    }
  });
});
