import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { emptyDatabase, testDatabase } from '@/tests/support/database';

const zoneOfProcess = process.env['TZ'];
const time = new Date('2026-03-04T05:06:07.089Z');

// Neither the process nor the database is in UTC, and they disagree.
beforeAll(async () => {
  process.env['TZ'] = 'America/New_York';
  const tearDown = await emptyDatabase({ timeZone: 'Asia/Kathmandu' });
  await applyMigrations();
  return tearDown;
});

afterAll(() => {
  if (zoneOfProcess === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneOfProcess;
});

function sessionAt(sessionKey: string, expireDate: Date) {
  return {
    sessionKey,
    expireDate,
    sessionData: '{}',
    created: expireDate,
    lastSeen: expireDate,
    ipAddress: '',
    userAgent: '',
  };
}

describe('times', () => {
  it('are another hour in this process, or the tests below prove nothing', () => {
    expect(time.getTimezoneOffset()).toBe(300);
  });

  it('come back as they were written, through models and through raw queries', async () => {
    await db.session.create({ data: sessionAt('round trip', time) });
    const row = await db.session.findUniqueOrThrow({ where: { sessionKey: 'round trip' } });
    expect(row.expireDate).toEqual(time);
    const raw = await db.$queryRaw`
      SELECT expire_date FROM auth_session WHERE session_key = 'round trip' AND expire_date = ${time}`;
    expect(raw).toEqual([{ expire_date: time }]);
  });

  if (testDatabase === 'postgresql') {
    it('are stored as the right moment', async () => {
      await db.session.create({ data: sessionAt('moment', time) });
      const rows = await db.$queryRaw<{ ms: number; zone: string }[]>`
        SELECT (extract(epoch FROM expire_date) * 1000)::float8 AS ms,
          current_setting('TimeZone') AS zone
        FROM auth_session WHERE session_key = 'moment'`;
      expect(rows).toEqual([{ ms: time.getTime(), zone: 'UTC' }]);
      await closeDb();
      const url = new URL(process.env['DATABASE_URL'] ?? '');
      url.searchParams.set('options', '-c statement_timeout=1234');
      process.env['DATABASE_URL'] = url.href;
      const [kept] = await db.$queryRaw<{ zone: string; timeout: string }[]>`
        SELECT current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS timeout`;
      expect(kept).toEqual({ zone: 'UTC', timeout: '1234ms' });
    });
  }

  if (testDatabase === 'sqlite') {
    it('are stored in the form that Django writes', async () => {
      await db.session.create({ data: sessionAt('form', time) });
      await db.session.create({ data: sessionAt('whole', new Date('2026-03-04T05:06:07Z')) });
      await db.session.updateMany({ where: { sessionKey: 'form' }, data: { lastSeen: time } });
      const rows = await db.$queryRaw`
        SELECT expire_date || '' AS text FROM auth_session
        WHERE session_key IN ('form', 'whole') ORDER BY id`;
      expect(rows).toEqual([
        { text: '2026-03-04 05:06:07.089000' },
        { text: '2026-03-04 05:06:07' },
      ]);
    });
  }

  it("sort and compare rightly beside Django's on the same day", async () => {
    const insert = (key: string, text: string) =>
      testDatabase === 'sqlite'
        ? db.$executeRaw`
            INSERT INTO auth_session (session_key, session_data, created, last_seen, expire_date,
              ip_address, user_agent) VALUES (${key}, '', ${text}, ${text}, ${text}, '', '')`
        : db.session.create({ data: sessionAt(key, new Date(`${text.replace(' ', 'T')}Z`)) });
    await insert('day 2', '2026-05-05 10:00:00.500001');
    await insert('day 4', '2026-05-05 10:00:01');
    await insert('day 6', '2026-05-05 23:59:59.999999');
    for (const [key, text] of [
      ['day 1', '2026-05-05T10:00:00.500Z'],
      ['day 3', '2026-05-05T10:00:00.501Z'],
      ['day 5', '2026-05-05T10:00:01.001Z'],
      ['day 0', '2026-05-05T00:00:00.000Z'],
    ] as const) {
      await db.session.create({ data: sessionAt(key, new Date(text)) });
    }
    const keys = async (where: object) => {
      const rows = await db.session.findMany({
        where: { sessionKey: { startsWith: 'day' }, ...where },
        orderBy: [{ expireDate: 'asc' }, { sessionKey: 'asc' }],
      });
      return rows.map((row) => row.sessionKey.slice(4)).join('');
    };
    const second = new Date('2026-05-05T10:00:01Z');
    expect(await keys({})).toBe('0123456');
    expect(await keys({ expireDate: { gt: second } })).toBe('56');
    expect(await keys({ expireDate: { gte: second } })).toBe('456');
    expect(await keys({ expireDate: { lt: second } })).toBe('0123');
    expect(await keys({ expireDate: { lte: second } })).toBe('01234');
    expect(await keys({ expireDate: second })).toBe('4');
    expect(await keys({ expireDate: { gte: new Date('2026-05-05T00:00:00Z') } })).toBe('0123456');
  });

  it("are read from Django's text with microseconds as the same moment", async () => {
    const row = await db.session.findUniqueOrThrow({ where: { sessionKey: 'day 2' } });
    expect(row.expireDate).toEqual(new Date('2026-05-05T10:00:00.500Z'));
  });
});
