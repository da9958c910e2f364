import { settings } from '@/lib/conf/settings';

/**
 * A formatter of moments in settings.TIME_ZONE. It is made once for each zone: making one takes as
 * long as formatting a few hundred moments.
 * Django: utils/formats.py, which caches formats likewise
 */
export function momentFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (moment: Date) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (moment) => {
    const timeZone = settings.TIME_ZONE;
    const format =
      formats.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(timeZone, format);
    return format.format(moment);
  };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Seconds. What is further away is told by its date.
const FURTHEST = 7 * DAY;

const UNITS = [
  [DAY, 'day', 'days'],
  [HOUR, 'h', 'h'],
  [MINUTE, 'min', 'min'],
] as const;

/**
 * How long ago a moment was, or in what time it will be, as people say it: "just now", "3 min ago",
 * "in 2 days". Null for what is a week away or more: then the date says more.
 * Django: contrib/humanize/templatetags/humanize.py naturaltime
 */
export function timeAgo(moment: Date, now = new Date()): string | null {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (!(distance < FURTHEST)) return null;
  for (const [length, one, many] of UNITS) {
    const count = Math.floor(distance / length);
    if (count === 0) continue;
    const words = `${count} ${count === 1 ? one : many}`;
    return seconds < 0 ? `in ${words}` : `${words} ago`;
  }
  return seconds < 0 ? 'in a moment' : 'just now';
}
