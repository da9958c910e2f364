import type { ReportRow } from '@/lib/extras/import/report';

const WORDS = { added: 'Add', changed: 'Change', same: 'No change', refused: 'Refused' } as const;
const LOOK = {
  added: 'text-accent',
  changed: 'text-ink',
  same: 'text-muted',
  refused: 'text-danger',
} as const;

/** What would become of each line of a file, and why not. */
export function PreviewRows({ rows }: { rows: readonly ReportRow[] }) {
  return (
    <ol className="divide-y divide-line rounded-panel border border-line">
      {rows.map((row) => (
        <li
          key={row.line}
          className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[5rem_6rem_12rem_minmax(0,1fr)]"
        >
          <span className="text-muted tabular-nums">Line {row.line}</span>
          <span className={`font-semibold ${LOOK[row.outcome]}`}>{WORDS[row.outcome]}</span>
          <span className="min-w-0 wrap-anywhere">
            <bdi>{row.name}</bdi>
          </span>
          <Details row={row} />
        </li>
      ))}
    </ol>
  );
}

function Details({ row: { changes, errors } }: { row: ReportRow }) {
  if (changes.length + errors.length === 0) return null;
  return (
    <ul className="min-w-0 space-y-1 wrap-anywhere">
      {errors.map(({ column, text }) => (
        <li key={`${column} ${text}`} className="text-danger">
          {column === '' ? text : `${column}: ${text}`}
        </li>
      ))}
      {changes.map(({ label, before, after }) => (
        <li key={label}>
          <span className="text-muted">{label}: </span>
          {before !== null && (
            <>
              <del className="text-muted">
                <bdi>{before === '' ? 'empty' : before}</bdi>
              </del>{' '}
              <span aria-hidden="true">→ </span>
            </>
          )}
          <ins className="no-underline">
            <bdi>{after === '' ? 'empty' : after}</bdi>
          </ins>
        </li>
      ))}
    </ul>
  );
}
