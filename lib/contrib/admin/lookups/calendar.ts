/** A day, months counted from 1. */
export type Day = { year: number; month: number; day: number };

const DATE_TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** The day that `time` falls on in a time zone. */
export function dayOf(time: Date, timeZone: string): Day {
  const local = new Date(time.getTime() + offsetAt(time, timeZone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
  };
}

/** The first moment of a day in a time zone. A day or month out of range runs over into the next. */
export function startOfDay({ year, month, day }: Day, timeZone: string): Date {
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  return fromLocal(local, timeZone);
}

/**
 * A time as Django reads it from a query: ISO 8601, with a `T` or a space, the time of day optional,
 * without a zone of its own in `timeZone`. Null for anything else and for years that are none.
 * Django: django/utils/dateparse.py parse_datetime, parse_date
 */
export function parseDateTime(text: string, timeZone: string): Date | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  const isDay = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return null;
  local.setUTCHours(hour, minute, second, Number((match[7] ?? '').slice(0, 3).padEnd(3, '0')));
  const zone = match[8];
  const time = zone ? new Date(local.getTime() - zoneOffset(zone)) : fromLocal(local, timeZone);
  return isYear(time.getUTCFullYear()) ? time : null;
}

/** Whether both databases can store every time of the year, in any zone: 2 to 9998. */
export function isYear(year: number): boolean {
  return year >= 2 && year <= 9998;
}

/**
 * A time as Django writes it into a query, to the second: `2026-11-23 00:00:00+00:00`.
 * Django: str() of an aware datetime
 */
export function formatDateTime(time: Date, timeZone: string): string {
  const offset = offsetAt(time, timeZone);
  const local = new Date(time.getTime() + offset).toISOString();
  const seconds = Math.abs(offset) / SECOND;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const digits = parts
    .slice(0, seconds % 60 === 0 ? 2 : 3)
    .map((part) => String(part).padStart(2, '0'));
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${offset < 0 ? '-' : '+'}${digits.join(':')}`;
}

/**
 * The moment at which clocks in the zone show `local`, whose UTC fields are what they show. Of two
 * such moments the first; where clocks skip that time, the one that they would have shown without the
 * change, which is as far into the new time.
 * Django: utils/timezone.py make_aware; a datetime with fold=0 and zoneinfo
 */
function fromLocal(local: Date, timeZone: string): Date {
  const before = offsetAt(new Date(local.getTime() - DAY), timeZone);
  const after = offsetAt(new Date(local.getTime() + DAY), timeZone);
  const moments = [before, after].map((offset) => new Date(local.getTime() - offset));
  const shown = moments.filter((each) => each.getTime() + offsetAt(each, timeZone) === +local);
  const [first] = shown.sort((one, other) => one.getTime() - other.getTime());
  return first ?? new Date(local.getTime() - before);
}

const formats = new Map<string, Intl.DateTimeFormat>();

// Milliseconds east of Greenwich, in whole seconds. To make a format takes as long as its use.
function offsetAt(time: Date, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return zoneOffset(name.replace('GMT', ''));
}

function zoneOffset(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?(?::(\d\d))?/.exec(zone);
  if (!match) return 0;
  const [hours, minutes, seconds] = match.slice(2).map((digits) => Number(digits ?? 0));
  const offset = ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE + (seconds ?? 0) * SECOND;
  return match[1] === '-' ? -offset : offset;
}
