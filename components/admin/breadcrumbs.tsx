import Link from 'next/link';
import { Name } from '@/components/name';

export type Crumb = { label: string; href: string };

/** The way from the admin's index to here. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-2">
      <ol className="flex flex-wrap gap-x-2 gap-y-1 text-muted">
        {[{ label: 'Admin', href: '/admin/' }, ...crumbs].map(({ label, href }, index) => (
          <li key={href} className="flex min-w-0 gap-x-2">
            {index > 0 && <span aria-hidden="true">/</span>}
            <Link
              href={href}
              prefetch={false}
              className="truncate underline-offset-4 hover:text-ink hover:underline"
            >
              <Name text={label} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
