import { DateTime } from '@/components/date-time';
import type { Cell } from '@/lib/admin/columns';

/** One value: a tick or a cross with its word, a time in the site's zone, a dash for nothing. */
export function ListCell({ cell }: { cell: Cell }) {
  switch (cell.kind) {
    case 'boolean':
      return <YesNo value={cell.value} />;
    case 'datetime':
      return <DateTime value={cell.value} />;
    case 'text':
      return <bdi title={cell.value.length > 24 ? cell.value : undefined}>{cell.value}</bdi>;
    case 'node':
      return cell.value;
    default:
      return (
        <>
          <span aria-hidden="true" className="text-muted">
            –
          </span>
          <span className="sr-only">empty</span>
        </>
      );
  }
}

function YesNo({ value }: { value: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1.5 ${value ? '' : 'text-muted'}`}>
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className={`size-3.5 ${value ? 'text-accent' : ''}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={value ? 'm3 8.5 3.5 3.5L13 4.5' : 'm4 4 8 8m0-8-8 8'} />
      </svg>
      {value ? 'Yes' : 'No'}
    </span>
  );
}
