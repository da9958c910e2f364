import Link from 'next/link';
import { Button } from '@/components/button';
import { controlLook, FieldErrors } from '@/components/forms/field';
import type { RowCount } from '@/lib/contrib/admin/list/count';
import type { HolderKind } from '@/lib/extras/why/holder-list';

type Props = {
  search: string;
  kind: HolderKind;
  counts: Record<HolderKind, RowCount>;
  error: string | null;
};

const labels = { granted: 'Granted', superusers: 'Superusers' } as const;

/** Whom to list: people by name, and superusers apart from those to whom it was granted. */
export function HolderSearch({ search, kind, counts, error }: Props) {
  const found = search === '' ? '' : `&q=${encodeURIComponent(search)}`;
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <nav aria-label="Which holders" className="flex gap-x-5">
        {(['granted', 'superusers'] as const).map((each) => (
          <Link
            key={each}
            href={`?kind=${each}${found}`}
            prefetch={false}
            aria-current={each === kind ? 'page' : undefined}
            className="border-b-2 border-transparent py-1 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
          >
            {labels[each]} <span className="tabular-nums">{countWords(counts[each])}</span>
          </Link>
        ))}
      </nav>
      <search className="max-w-full">
        <form method="get" className="flex w-80 max-w-full gap-2">
          <input type="hidden" name="kind" value={kind} />
          <input
            type="search"
            name="q"
            aria-label="Search these people"
            placeholder="Name or email"
            defaultValue={search}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? 'id_q_error' : undefined}
            className={`${controlLook} h-10 min-w-0 text-sm`}
          />
          <Button>Search</Button>
        </form>
        <FieldErrors id="id_q" errors={error ? [error] : []} />
      </search>
    </div>
  );
}

function countWords({ value, isExact }: RowCount): string {
  return `${value.toLocaleString('en')}${isExact ? '' : '+'}`;
}
