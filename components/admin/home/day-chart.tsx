import { barsOf, countText, sumsOf } from '@/components/admin/home/bars';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import type { HomeChart } from '@/lib/contrib/admin/home/home-parts';
import { getTextList } from '@/lib/core/text';

const WIDTH = 10;
const HEIGHT = 100;

/** A bar a day, drawn on the server, with the same numbers in a table behind it. */
export function DayChart({ chart }: { chart: HomeChart }) {
  const { title, href, series, days } = chart;
  const bars = barsOf(days, HEIGHT);
  const sums = sumsOf(chart);
  const told = series.map((each, i) => countText(each, sums[i] ?? 0));
  const most = Math.max(...days.map(({ counts }) => sum(counts)));
  return (
    <Section
      title={title}
      isWide
      lead={
        <span className="flex flex-wrap gap-x-5 gap-y-1">
          {series.map(({ isBad, one }, i) => (
            <span key={one} className="inline-flex items-center gap-2">
              <svg viewBox="0 0 10 10" className="day-chart size-2.5" aria-hidden="true">
                <rect width="10" height="10" data-bad={isBad || undefined} />
              </svg>
              {told[i]}
            </span>
          ))}
        </span>
      }
    >
      <figure>
        <div className="flex justify-between border-b border-line text-muted tabular-nums">
          <span>{`${most.toLocaleString('en')} at most a day`}</span>
          <TextLink href={href} prefetch={false} className="print:hidden">
            The log
          </TextLink>
        </div>
        <svg
          viewBox={`0 0 ${days.length * WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}: ${getTextList(told)}.`}
          className="day-chart block h-28 w-full border-b border-edge"
        >
          {bars.map(({ label, parts }, day) => (
            <g key={label}>
              <title>
                {`${label}: ${getTextList(series.map((each, i) => countText(each, days[day]?.counts[i] ?? 0)))}`}
              </title>
              <rect x={day * WIDTH} width={WIDTH} height={HEIGHT} data-day />
              {parts.map(({ y, height }, i) => (
                <rect
                  key={series[i]?.one}
                  x={day * WIDTH + 1.5}
                  y={y}
                  width={WIDTH - 3}
                  height={height}
                  data-bad={series[i]?.isBad || undefined}
                />
              ))}
            </g>
          ))}
        </svg>
        <div className="mt-1 flex justify-between text-muted" aria-hidden="true">
          <span>{days[0]?.label}</span>
          <span>{days.at(-1)?.label}</span>
        </div>
        <NumbersTable {...chart} />
      </figure>
    </Section>
  );
}

function NumbersTable({ series, days }: HomeChart) {
  return (
    <details className="mt-2">
      <summary className="w-fit py-1 text-muted hover:text-ink">The numbers</summary>
      <table className="mt-2 w-full max-w-96 border-collapse text-left tabular-nums">
        <thead className="border-b border-edge">
          <tr>
            <th scope="col" className="py-1 pr-4 font-semibold">
              Day
            </th>
            {series.map(({ many }) => (
              <th key={many} scope="col" className="py-1 pl-4 text-right font-semibold">
                {many.charAt(0).toUpperCase() + many.slice(1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {days.toReversed().map(({ label, counts }) => (
            <tr key={label}>
              <th scope="row" className="py-1 pr-4 font-normal">
                {label}
              </th>
              {series.map(({ many }, i) => (
                <td key={many} className="py-1 pl-4 text-right">
                  {(counts[i] ?? 0).toLocaleString('en')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
