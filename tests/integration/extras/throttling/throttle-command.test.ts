import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { reserveAttempt } from '@/lib/extras/throttling/attempts';
import { command } from '@/lib/extras/throttling/management/commands/throttle';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

const DEVICE = 'A'.repeat(16);

beforeAll(async () => {
  const tearDown = await freshDatabase();
  await users.createUser({ username: 'ada', email: 'ada@example.org' });
  return tearDown;
});

beforeEach(async () => {
  await db.throttle.deleteMany();
});

async function tryTimes(count: number, account: string, device?: string): Promise<void> {
  const keys = { account, network: '2001:db8::1', device: device ?? null };
  for (let i = 0; i < count; i += 1) await reserveAttempt('login', keys);
}

describe('manage throttle list', () => {
  it('says that nothing is counted', async () => {
    expect(await run(command, ['list'])).toMatchObject({ status: 0, out: ['Nothing is counted.'] });
  });

  it('names users, devices, mail addresses and networks, and nobody else', async () => {
    await tryTimes(2, 'my secret password');
    await tryTimes(7, 'ada');
    await tryTimes(1, 'ada', DEVICE);
    await reserveAttempt('password_reset', { account: 'ADA@example.org', network: '' });
    const { status, out } = await run(command, ['list', 'ada', 'ADA@example.org']);
    expect(status).toBe(0);
    expect(out[0]).toMatch(
      /^login account ada: 5 tries, 2 refused, may try again in 1 second, at \d\d:\d\d:\d\d UTC$/,
    );
    expect(out.slice(1).sort()).toEqual([
      'login account no known name: 2 tries, 0 refused, need not wait',
      'login device ada: 1 tries, 0 refused, need not wait',
      'login network 2001:db8:0:0::/64: 7 tries, 0 refused, need not wait',
      'password_reset account ADA@example.org: 1 tries, 0 refused, need not wait',
    ]);
  });
});

describe('manage throttle lift', () => {
  it.each([
    ['ada', ['network']],
    ['2001:db8::1', ['account', 'device']],
    ['2001:db8:0:0::/64', ['account', 'device']],
    ['nobody', ['account', 'device', 'network']],
  ])('%s leaves the others', async (who, left) => {
    await tryTimes(6, 'ada');
    await tryTimes(1, 'ada', DEVICE);
    const { status, out } = await run(command, ['lift', who]);
    expect(status).toBe(0);
    const isNobody = who === 'nobody';
    expect(out).toEqual([
      isNobody ? 'Nothing is counted for nobody.' : `${who} may try again at once.`,
    ]);
    const rows = await db.throttle.findMany({ orderBy: { scope: 'asc' } });
    expect(rows.map(({ scope }) => scope)).toEqual(left);
  });

  it.each([[[]], [['lift']], [['lift', 'ada', 'eve']], [['drop', 'ada']]])(
    'does not guess what %j means',
    async (args) => {
      expect((await run(command, args)).status).toBe(2);
    },
  );
});
