import type { HomeChart } from '@/lib/contrib/admin/home/home-parts';

type Part = { y: number; height: number };
type Days = HomeChart['days'];

// What there is at all can be seen, beside a day of thousands too.
const LEAST = 2;

/** The parts of each day's bar, standing one on the other from the ground up; none for a zero. */
export function barsOf(days: Days, height: number): { label: string; parts: Part[] }[] {
  const most = Math.max(1, ...days.map(({ counts }) => total(counts)));
  return days.map(({ label, counts }) => {
    let y = height;
    const parts = counts.map((count) => {
      const own = count === 0 ? 0 : Math.max(LEAST, round((count / most) * (height - LEAST)));
      y = round(Math.max(0, y - own));
      return { y, height: own };
    });
    return { label, parts };
  });
}

/** How many there are of each series on all days together. */
export function sumsOf({ series, days }: Pick<HomeChart, 'series' | 'days'>): number[] {
  return series.map((_, i) => total(days.map(({ counts }) => counts[i] ?? 0)));
}

/** "1 sign-in", "1,204 sign-ins". */
export function countText({ one, many }: HomeChart['series'][number], count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
