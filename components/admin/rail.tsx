import type { ReactNode } from 'react';
import { NavLink } from '@/components/nav-link';
import type { RailSection } from '@/lib/contrib/admin/rail/rail';

type Props = { sections: readonly RailSection[] };

/** The lists and pages of the admin, beside the page; folded above it where there is no room. */
export function Rail(props: Props) {
  return (
    <>
      <details data-no-print className="mb-6 rounded-panel border border-line bg-surface lg:hidden">
        <summary className="px-4 py-2.5 font-semibold">Menu</summary>
        <nav aria-label="Admin" className="border-t border-line px-2 py-3">
          <RailList {...props} />
        </nav>
      </details>
      <nav aria-label="Admin" className="sticky top-6 -ml-2 hidden lg:block">
        <RailList {...props} />
      </nav>
    </>
  );
}

function RailList({ sections }: Props) {
  return (
    <ul className="space-y-5">
      <li>
        <ul>
          <RailLink href="/admin/" exact>
            Overview
          </RailLink>
        </ul>
      </li>
      {sections.map(({ title, entries }) => (
        <li key={title ?? entries[0]?.href}>
          {title && <p className="px-2 pb-1 text-muted">{title}</p>}
          <ul>
            {entries.map(({ href, label }) => (
              <RailLink key={href} href={href}>
                {label}
              </RailLink>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

type RailLinkProps = { href: string; exact?: boolean; children: ReactNode };

function RailLink(props: RailLinkProps) {
  return (
    <li>
      <NavLink
        {...props}
        prefetch={false}
        className="block rounded-field px-2 py-1.5 hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold"
      />
    </li>
  );
}
