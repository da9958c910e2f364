import type { ChangeList } from '@/lib/contrib/admin/list/change-list';

/** What of the query was left aside. */
export function ListNotice({ list: { searchError, query } }: { list: ChangeList }) {
  const text =
    searchError ??
    (query.isError ? 'The address asked for something that this list cannot show.' : null);
  if (text === null) return null;
  return (
    <p
      role="status"
      className="mb-4 rounded-field border border-warning/50 bg-warning-soft px-4 py-2.5"
    >
      {text} Everything is listed.
    </p>
  );
}
