import { settings } from '@/lib/conf/settings';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * When a wait of so many seconds is over, for a person: `in 4 minutes, at 14:32:10 UTC`. The clock
 * is the site's, in settings.TIME_ZONE, which is named.
 */
export function describeWait(seconds: number, now = new Date()): string {
  const over = new Date(now.getTime() + seconds * 1000);
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: settings.TIME_ZONE,
  });
  return `in ${duration(seconds)}, at ${clock.format(over)}`;
}

// Rounded up: who comes back when told to must not be too early.
function duration(seconds: number): string {
  if (seconds < 2 * MINUTE) return inUnit(seconds, 'second');
  if (seconds < 2 * HOUR) return inUnit(seconds / MINUTE, 'minute');
  return inUnit(seconds / HOUR, 'hour');
}

function inUnit(amount: number, unit: 'second' | 'minute' | 'hour'): string {
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat('en', format).format(Math.ceil(amount));
}
