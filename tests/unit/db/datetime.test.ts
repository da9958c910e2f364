import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSqliteDateTime, isoFromSqliteDateTime } from '@/lib/db/datetime';

const times = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

describe('formatSqliteDateTime', () => {
  it('writes what str(datetime) writes in Django', () => {
    const time = new Date('2026-03-04T05:06:07.089Z');
    expect(formatSqliteDateTime(time)).toBe('2026-03-04 05:06:07.089000');
    expect(formatSqliteDateTime(new Date('2026-03-04T05:06:07Z'))).toBe('2026-03-04 05:06:07');
  });

  it('sorts as the times do', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const [left, right] = [formatSqliteDateTime(a), formatSqliteDateTime(b)];
        expect(left < right).toBe(a < b);
        expect(left === right).toBe(a.getTime() === b.getTime());
      }),
    );
  });
});

describe('isoFromSqliteDateTime', () => {
  it('gives back every time that was written', () => {
    fc.assert(
      fc.property(times, (time) => {
        const text = isoFromSqliteDateTime(formatSqliteDateTime(time));
        expect(new Date(text).getTime()).toBe(time.getTime());
      }),
    );
  });

  it('reads microseconds and days as UTC and leaves other texts alone', () => {
    expect(isoFromSqliteDateTime('2026-03-04 05:06:07.123456')).toBe('2026-03-04T05:06:07.123456Z');
    expect(isoFromSqliteDateTime('2026-03-04')).toBe('2026-03-04T00:00Z');
    expect(isoFromSqliteDateTime('2026-03-04T05:06:07+02:00')).toBe('2026-03-04T05:06:07+02:00');
    expect(isoFromSqliteDateTime('soon')).toBe('soon');
  });
});
