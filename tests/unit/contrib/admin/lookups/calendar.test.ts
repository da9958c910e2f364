import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { filterSpecs } from '@/lib/contrib/admin/list/filters';
import { parseListQuery } from '@/lib/contrib/admin/list/list-query';
import {
  dayOf,
  formatDateTime,
  parseDateTime,
  startOfDay,
} from '@/lib/contrib/admin/lookups/calendar';
import { type AdminUser, defineAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import { LOCAL_TIMES } from '@/tests/support/admin/local-times';

const query = (text: string) => parseListQuery(new URLSearchParams(text));

describe('a time in a query', () => {
  it.each([
    ['2001-02-03', '2001-02-03T00:00:00.000Z'],
    ['2001-2-3', '2001-02-03T00:00:00.000Z'],
    ['2001-02-03 04:05', '2001-02-03T04:05:00.000Z'],
    ['2001-02-03T04:05:06.7891Z', '2001-02-03T04:05:06.789Z'],
    ['2001-02-03 04:05:06+05:30', '2001-02-02T22:35:06.000Z'],
    ['2001-02-03 04:05:06-0130', '2001-02-03T05:35:06.000Z'],
  ])('%s is read as Django reads it', (text, iso) => {
    expect(parseDateTime(text, 'UTC')?.toISOString()).toBe(iso);
  });

  it.each([
    ...['', 'x', '2001-02-30', '2001-13-01', '2001-00-01', '0000-01-01', '0001-01-01'],
    ...['2001-01-01 24:00', '2001-01-01 00:60', '9999-01-01', '12001-01-01', '2001-01-01x'],
  ])('%j is none', (text) => {
    expect(parseDateTime(text, 'UTC')).toBeNull();
  });

  it('without a zone is in the zone of the site, in summer and in winter', () => {
    const berlin = 'Europe/Berlin';
    expect(parseDateTime('2026-07-01', berlin)?.toISOString()).toBe('2026-06-30T22:00:00.000Z');
    expect(parseDateTime('2026-12-01', berlin)?.toISOString()).toBe('2026-11-30T23:00:00.000Z');
    const lateEvening = new Date('2026-06-30T22:30:00Z');
    expect(dayOf(lateEvening, berlin)).toEqual({ year: 2026, month: 7, day: 1 });
    const day = startOfDay({ year: 2026, month: 3, day: 29 }, berlin);
    expect(formatDateTime(day, berlin)).toBe('2026-03-29 00:00:00+01:00');
    const next = startOfDay({ year: 2026, month: 3, day: 30 }, berlin);
    expect(next.getTime() - day.getTime()).toBe(23 * 3_600_000);
    expect(formatDateTime(next, 'America/St_Johns')).toBe('2026-03-29 19:30:00-02:30');
  });
});

describe('a time where clocks change', () => {
  const cases = Object.entries(LOCAL_TIMES).flatMap(([zone, rows]) =>
    rows.map((row) => [zone, ...row.split(' ')] as const),
  );

  it.each(Object.keys(LOCAL_TIMES))('in %s is the moment that Python gives it', (zone) => {
    const mine = cases.filter(([each]) => each === zone);
    expect(mine.length).toBeGreaterThan(0);
    for (const [, local = '', moment = ''] of mine) {
      const time = parseDateTime(local, zone)?.toISOString();
      expect([local, time]).toEqual([local, moment.replace('Z', '.000Z')]);
    }
  });

  it('begins the day that skips midnight an hour late, and gives a day that is skipped no moment', () => {
    for (const [zone, year, month, day] of [
      ['America/Santiago', 2026, 9, 6],
      ['America/Sao_Paulo', 2018, 11, 4],
      ['Africa/Cairo', 2023, 4, 28],
      ['Asia/Beirut', 2021, 3, 28],
    ] as const) {
      const start = startOfDay({ year, month, day }, zone);
      expect([zone, dayOf(start, zone)]).toEqual([zone, { year, month, day }]);
      const before = dayOf(new Date(start.getTime() - 1), zone);
      expect([zone, before.day === day]).toEqual([zone, false]);
      const next = startOfDay({ year, month, day: day + 1 }, zone);
      expect([zone, next.getTime() - start.getTime()]).toEqual([zone, 23 * 3_600_000]);
    }
    const skipped = startOfDay({ year: 2011, month: 12, day: 30 }, 'Pacific/Apia');
    expect(skipped).toEqual(startOfDay({ year: 2011, month: 12, day: 31 }, 'Pacific/Apia'));
    const twice = startOfDay({ year: 2026, month: 11, day: 1 }, 'America/Havana');
    expect(twice.toISOString()).toBe('2026-11-01T04:00:00.000Z');
  });

  it('is in whole seconds where a zone kept its own time', () => {
    const time = parseDateTime('1890-01-01', 'America/New_York');
    expect(time?.toISOString()).toBe('1890-01-01T05:00:00.000Z');
    const local = parseDateTime('1880-01-01', 'Europe/Berlin') ?? new Date(0);
    expect(local.toISOString()).toBe('1879-12-31T23:06:32.000Z');
    expect(formatDateTime(local, 'Europe/Berlin')).toBe('1880-01-01 00:00:00+00:53:28');
  });
});

describe('the filter of a date', () => {
  const admin = defineAdmin('auth.user', { listFilter: ['lastLogin'] });
  const user: AdminUser = {
    ...{ id: 1, isActive: true, isStaff: true, isSuperuser: true },
    ...{ attenuation: null, impersonator: null },
    getUsername: () => 'ada',
    hasPerm: async () => true,
  };
  const viewer = { user, visible: Prisma.sql`TRUE`, now: new Date('2026-12-31T12:00:00Z') };

  it('offers Django’s periods, and whether there is a date', async () => {
    const [spec] = await filterSpecs(admin, query('q=a'), viewer);
    expect(spec?.choices.map(({ label }) => label)).toEqual([
      ...['Any date', 'Today', 'Past 7 days', 'This month', 'This year', 'No date', 'Has date'],
    ]);
    const values = spec?.choices.map((choice) => [...new URLSearchParams(choice.query).values()]);
    expect(values?.slice(1, 5)).toEqual([
      ['2026-12-31 00:00:00+00:00', '2027-01-01 00:00:00+00:00', 'a'],
      ['2026-12-24 00:00:00+00:00', '2027-01-01 00:00:00+00:00', 'a'],
      ['2026-12-01 00:00:00+00:00', '2027-01-01 00:00:00+00:00', 'a'],
      ['2026-01-01 00:00:00+00:00', '2027-01-01 00:00:00+00:00', 'a'],
    ]);
  });

  it('knows which choice is in force', async () => {
    const selected = async (text: string) => {
      const [spec] = await filterSpecs(admin, query(text), viewer);
      return spec?.choices.filter(({ isSelected }) => isSelected).map(({ label }) => label);
    };
    const [offered] = await filterSpecs(admin, query(''), viewer);
    for (const { label, query: chosen } of offered?.choices ?? []) {
      expect(await selected(chosen)).toEqual([label]);
    }
    expect(await selected('last_login__isnull=1')).toEqual(['No date']);
    expect(await selected('last_login__gte=2000-01-01')).toEqual([]);
  });

  it('counts days in the zone of the site', async () => {
    const [spec] = await overrideSettings({ TIME_ZONE: 'Pacific/Auckland' }, () =>
      filterSpecs(admin, query(''), viewer),
    );
    expect(spec?.choices[1]?.query).toContain('last_login__gte=2027-01-01+00%3A00%3A00%2B13%3A00');
  });
});
