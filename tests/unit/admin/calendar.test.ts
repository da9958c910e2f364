import { describe, expect, it } from 'vitest';
import { dayOf, formatDateTime, parseDateTime, startOfDay } from '@/lib/admin/calendar';
import { filterSpecs } from '@/lib/admin/filters';
import { parseListQuery } from '@/lib/admin/list-query';
import { defineAdmin } from '@/lib/admin/options';
import { overrideSettings } from '@/lib/conf/settings';

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

describe('the filter of a date', () => {
  const admin = defineAdmin('auth.user', { listFilter: ['lastLogin'] });
  const now = new Date('2026-12-31T12:00:00Z');

  it('offers Django’s periods, and whether there is a date', async () => {
    const [spec] = await filterSpecs(admin, query('q=a'), now);
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
      const [spec] = await filterSpecs(admin, query(text), now);
      return spec?.choices.filter(({ isSelected }) => isSelected).map(({ label }) => label);
    };
    const [offered] = await filterSpecs(admin, query(''), now);
    for (const { label, query: chosen } of offered?.choices ?? []) {
      expect(await selected(chosen)).toEqual([label]);
    }
    expect(await selected('last_login__isnull=1')).toEqual(['No date']);
    expect(await selected('last_login__gte=2000-01-01')).toEqual([]);
  });

  it('counts days in the zone of the site', async () => {
    const [spec] = await overrideSettings({ TIME_ZONE: 'Pacific/Auckland' }, () =>
      filterSpecs(admin, query(''), now),
    );
    expect(spec?.choices[1]?.query).toContain('last_login__gte=2027-01-01+00%3A00%3A00%2B13%3A00');
  });
});
