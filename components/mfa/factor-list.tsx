import { DocumentLink } from '@/components/button';
import { DateTime } from '@/components/date-time';
import type { Factor, FactorSummary } from '@/lib/extras/mfa/factors/factor-kind';

/** A kind of factor with what somebody has of it. */
export type OwnKind = {
  readonly name: string;
  readonly label: string;
  readonly summary: FactorSummary;
  /** Of the one that stands for all, where dates are worth showing. */
  readonly factor: Factor | null;
};

/** One's own factors by kind, each with what may be done. */
export function FactorList({ kinds }: { kinds: readonly OwnKind[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {kinds.map(({ name, label, summary, factor }) => (
        <li
          key={name}
          className="flex flex-col items-start gap-x-6 gap-y-3 py-4 sm:flex-row sm:items-center sm:justify-between"
        >
          <div className="min-w-0">
            <h2 className="font-semibold">{label}</h2>
            <p className="mt-1 text-muted">{summary.text}</p>
            {factor && <Dates factor={factor} />}
          </div>
          <div className="flex shrink-0 flex-wrap gap-2">
            {summary.links.map((link) => (
              <DocumentLink key={link.href} href={link.href}>
                {link.label}
                <span className="sr-only">: {label}</span>
              </DocumentLink>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Dates({ factor: { created, lastUsed } }: { factor: Factor }) {
  return (
    <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-sm text-muted">
      <div className="flex gap-x-1.5">
        <dt>Set up</dt>
        <dd className="text-ink">
          <DateTime value={created} />
        </dd>
      </div>
      {lastUsed && (
        <div className="flex gap-x-1.5">
          <dt>Last used</dt>
          <dd className="text-ink">
            <DateTime value={lastUsed} />
          </dd>
        </div>
      )}
    </dl>
  );
}
