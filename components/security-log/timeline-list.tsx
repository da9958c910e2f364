import { RichContent } from '@/components/admin/list/rich/rich-cell';
import { DateTime } from '@/components/date-time';
import type { TimelineEntry } from '@/lib/extras/security-log/timeline';

/** Events of one person, the last first. */
export function TimelineList({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {entries.map(({ id, time, ipAddress, parts, tone, raw }) => (
        <li key={id} className="timeline gap-x-6 gap-y-0.5 py-2 sm:grid">
          <span className="text-muted">
            <DateTime value={time} />
          </span>
          <RichContent
            cell={{ cell: 'sentence', parts, tone, ...(raw !== null && { raw }) }}
            link={null}
          />
          <code className="text-muted">{ipAddress}</code>
        </li>
      ))}
    </ol>
  );
}
