import { settings } from '@/lib/conf/settings';
import { boundedCounts } from '@/lib/contrib/admin/home/bounded-counts';
import { type Day, dayOf, startOfDay } from '@/lib/contrib/admin/lookups/calendar';
import { Prisma } from '@/lib/db/client';

/** A day of the site's time zone, with how many signed in and how many tries failed. */
export type DayOfSignIns = { start: Date; signIns: number; failures: number };

const SERIES = [['authn_login_success', 'authn_login_successafterfail'], ['authn_login_fail']];
const EVENTS = SERIES.flat();

// A day of more than these is drawn as one of these.
const MOST_A_DAY = 100_000;

// What is over does not change, but for entries that are cleared away: counted once an hour.
const KEPT_MS = 3_600_000;
const MOST_KEPT = 200;

type Kept = { counts: readonly number[]; at: number };

const kept = new Map<string, Kept>();

/**
 * How many signed in and how many tries failed on each of so many days, today the last. Each number
 * is counted along the index of events and times, up to 100,000 of each event a day; days that are
 * over once an hour in each process. One statement.
 */
export async function signInsByDay(days: number, now = new Date()): Promise<DayOfSignIns[]> {
  const starts = startsOf(days, now);
  const isKept = (index: number) =>
    index < days - 2 && (kept.get(keyOf(starts[index]))?.at ?? 0) > +now - KEPT_MS;
  const wanted = [...Array(days).keys()].filter((index) => !isKept(index));
  const counts = await boundedCounts(
    wanted.flatMap((index) => EVENTS.map((event) => eventsOn(event, starts, index))),
    MOST_A_DAY,
  );
  if (kept.size > MOST_KEPT) kept.clear();
  wanted.forEach((index, i) => {
    const own = counts.slice(i * EVENTS.length, (i + 1) * EVENTS.length);
    kept.set(keyOf(starts[index]), { counts: own.map(({ value }) => value), at: +now });
  });
  return starts.slice(0, days).map((start) => {
    const [first = 0, afterFailures = 0, failures = 0] = kept.get(keyOf(start))?.counts ?? [];
    return { start, signIns: first + afterFailures, failures };
  });
}

function keyOf(start: Date | undefined): string {
  return `${settings.DATABASE_URL} ${start?.toISOString()}`;
}

// One more than there are days: the end of the last.
function startsOf(days: number, now: Date): Date[] {
  const zone = settings.TIME_ZONE;
  const { year, month, day }: Day = dayOf(now, zone);
  return [...Array(days + 1).keys()].map((index) =>
    startOfDay({ year, month, day: day - days + 1 + index }, zone),
  );
}

function eventsOn(event: string, starts: readonly Date[], index: number): Prisma.Sql {
  return Prisma.sql`auth_security_log
    WHERE event = ${event} AND time >= ${starts[index]} AND time < ${starts[index + 1]}`;
}
