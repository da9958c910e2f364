import type { ReportRow } from '@/lib/extras/import/report';

const WORDS = { added: 'Add', changed: 'Change', same: 'No change', refused: 'Refused' } as const;
const LOOK = {
  added: 'text-accent',
  changed: 'text-ink',
  same: 'text-muted',
  refused: 'text-danger',
} as const;

/** What would become of each line of a file, and why not. */
export function PreviewRows({ rows, noun }: { rows: readonly ReportRow[]; noun: string }) {
  return (
    <div className="overflow-x-auto rounded-panel border border-line">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">Lines of the file</caption>
        <thead className="bg-sunken text-muted">
          <tr>
            <th scope="col" className="px-3 py-2 font-normal">
              Line
            </th>
            <th scope="col" className="px-3 py-2 font-normal">
              Outcome
            </th>
            <th scope="col" className="px-3 py-2 font-normal">
              {noun}
            </th>
            <th scope="col" className="px-3 py-2 font-normal">
              What
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} className="border-t border-line align-top">
              <td className="px-3 py-2 text-muted tabular-nums">{row.line}</td>
              <td className={`px-3 py-2 font-semibold whitespace-nowrap ${LOOK[row.outcome]}`}>
                {WORDS[row.outcome]}
              </td>
              <td className="px-3 py-2 break-words">
                <bdi>{row.name}</bdi>
              </td>
              <td className="px-3 py-2">
                <Details row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Details({ row: { changes, errors } }: { row: ReportRow }) {
  return (
    <ul className="space-y-1">
      {errors.map(({ column, text }) => (
        <li key={`${column} ${text}`} className="text-danger">
          {column === '' ? text : `${column}: ${text}`}
        </li>
      ))}
      {changes.map(({ label, before, after }) => (
        <li key={label} className="break-words">
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
