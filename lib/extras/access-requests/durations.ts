import { settings } from '@/lib/conf/settings';

/** How long access may be given: seconds, or null for good. */
export type Duration = {
  readonly value: string;
  readonly seconds: number | null;
  readonly label: string;
};

const DAY = 86_400;
const FOR_GOOD: Duration = { value: 'good', seconds: null, label: 'For good' };
const TIMES: readonly Duration[] = [
  { value: 'day', seconds: DAY, label: 'A day' },
  { value: 'week', seconds: 7 * DAY, label: 'A week' },
  { value: 'month', seconds: 30 * DAY, label: 'A month' },
];

/**
 * How long access may be asked for, as the settings allow, the shortest first; none longer than
 * `asked`, where somebody answers. Never none: where every time is too long, the longest that is
 * allowed is the only one.
 */
export function durations(asked: number | null = null): Duration[] {
  const longest = Math.min(settings.ACCESS_REQUESTS_MAX_AGE, asked ?? Number.POSITIVE_INFINITY);
  const offered = TIMES.filter(({ seconds }) => seconds !== null && seconds <= longest);
  const times = offered.length > 0 ? offered : [exactly(longest)];
  return asked === null && settings.ACCESS_REQUESTS_FOR_GOOD ? [...times, FOR_GOOD] : times;
}

/** A duration in a few words, as a list shows it. */
export function durationWords(seconds: number | null): string {
  return (
    [...TIMES, FOR_GOOD].find((each) => each.seconds === seconds)?.label ??
    exactly(seconds ?? 0).label
  );
}

function exactly(seconds: number): Duration {
  const hours = Math.max(1, Math.floor(seconds / 3600));
  const label = hours === 1 ? 'An hour' : `${hours} hours`;
  return { value: 'longest', seconds, label };
}
