import Link from 'next/link';
import { tabLink, tabRow } from '@/components/tabs';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import type { ListTab } from '@/lib/contrib/admin/list/shown/list-tabs';
import type { ModelMeta } from '@/lib/contrib/admin/meta';

/** The parts of a list, of which one is shown. */
export function ListTabs({ meta, tabs }: { meta: ModelMeta; tabs: readonly ListTab[] }) {
  if (tabs.length === 0) return null;
  return (
    <nav aria-label={`Kinds of ${meta.verboseNamePlural}`} className={tabRow}>
      {tabs.map(({ label, query, isCurrent, count }) => (
        <Link
          key={label}
          href={listHref(meta, query)}
          prefetch={false}
          aria-current={isCurrent ? 'page' : undefined}
          className={tabLink}
        >
          {label}
          {count && (
            <span className="ml-1.5 font-normal text-muted tabular-nums">
              {`${count.value.toLocaleString('en')}${count.isExact ? '' : '+'}`}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
