import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { command as clearsecuritylog } from '@/lib/extras/security-log/management/commands/clearsecuritylog';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);
beforeEach(() => db.securityLogEntry.deleteMany());

const DAY = 86_400_000;

/** Entries of so many days ago. */
async function entries(daysAgo: number, count: number): Promise<void> {
  const entry = {
    time: new Date(Date.now() - daysAgo * DAY),
    event: 'authn_login_success',
    actorUsername: '',
    targetUsername: '',
    ipAddress: '',
    userAgent: '',
    sessionKey: '',
    detail: '{}',
  };
  await db.securityLogEntry.createMany({ data: Array.from({ length: count }, () => entry) });
}

const left = () => db.securityLogEntry.count({ where: { event: 'authn_login_success' } });

describe('clearsecuritylog', () => {
  it('deletes what is older, a thousand to a statement, and keeps that it did', async () => {
    await entries(366, 2500);
    await entries(364, 3);
    let outcome: Awaited<ReturnType<typeof run>> | undefined;
    const statements = await statementsOf(async () => {
      outcome = await run(clearsecuritylog, ['--older-than', '365d']);
    });
    expect(outcome?.status).toBe(0);
    expect(outcome?.out[0]).toMatch(/^Deleted 2,500 entries of the security log from before 20/);
    expect(await left()).toBe(3);
    expect(statements.filter((sql) => sql.includes('DELETE'))).toHaveLength(4);
    expect(statements.filter((sql) => sql.includes('BEGIN'))).toEqual([]);
    const [kept] = await db.securityLogEntry.findMany({ where: { event: 'authz_admin' } });
    expect(JSON.parse(kept?.detail ?? '')).toMatchObject({
      command: 'clearsecuritylog',
      deleted: 2500,
    });
  });

  it.each([
    ['1y', 365],
    ['2w', 14],
    ['1d', 1],
  ])('knows %s as %i days', async (span, days) => {
    await entries(days + 1, 1);
    await entries(days - 1, 1);
    expect((await run(clearsecuritylog, ['--older-than', span])).status).toBe(0);
    expect(await left()).toBe(1);
  });

  it.each(['', '365', '0d', '-1d', '1.5d', 'd', '999999y', '1e3d', '365d;', '３d', 'all'])(
    'refuses the span "%s" in a sentence, and deletes nothing',
    async (span) => {
      await entries(5000, 1);
      const { status, err } = await run(clearsecuritylog, [`--older-than=${span}`]);
      expect([status, err.length, await left()]).toEqual([2, 1, 1]);
      expect(err[0]).toContain('such as 365d');
    },
  );

  it('wants to be told, and leaves the admin’s history alone', async () => {
    expect((await run(clearsecuritylog, [])).status).toBe(2);
    const user = await db.user.create({
      data: {
        username: 'historian',
        password: '',
        firstName: '',
        lastName: '',
        email: '',
        isStaff: true,
        isActive: true,
        isSuperuser: false,
        dateJoined: new Date(0),
      },
    });
    const entry = { actionTime: new Date(0), objectId: '1', objectRepr: 'x', actionFlag: 2 };
    await db.logEntry.create({
      data: { ...entry, userId: user.id, contentTypeId: null, changeMessage: '' },
    });
    await run(clearsecuritylog, ['--older-than', '1d']);
    expect(await db.logEntry.count()).toBe(1);
  });
});
