import Link from 'next/link';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import type { ListLink, ListView } from '@/lib/contrib/admin/links';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import { changedQuery } from '@/lib/contrib/admin/list/list-query';
import type { ModelMeta } from '@/lib/contrib/admin/meta';

type Props = {
  meta: ModelMeta;
  params: URLSearchParams;
  views: readonly ListView[];
  links: readonly ListLink[];
};

/** The queries of this list that have a name, and where one is given to that of now. */
export function ListViewsBar({ meta, params, views, links }: Props) {
  if (views.length + links.length === 0) return null;
  const current = changedQuery(params, { all: null });
  return (
    <nav aria-label="Saved views" className="mb-4 flex flex-wrap items-center gap-2">
      {views.map(({ name, query }) => (
        <Link
          key={name}
          href={listHref(meta, query)}
          prefetch={false}
          aria-current={query === current ? 'page' : undefined}
          className="max-w-full truncate rounded-full border border-edge px-3 py-1 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-semibold aria-[current]:text-ink"
        >
          <Name text={name} />
        </Link>
      ))}
      {links.map(({ label, href }) => (
        <TextLink key={href} href={href} prefetch={false} className="py-1">
          {label}
        </TextLink>
      ))}
    </nav>
  );
}
