'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type Props = { href: string; exact?: boolean; children: ReactNode };

/** A link of the navigation that knows whether one is there: the layout around it is not drawn again. */
export function NavLink({ href, exact = false, children }: Props) {
  const pathname = usePathname();
  const isHere = exact ? pathname === href : pathname.startsWith(href);
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="border-y-2 border-transparent py-1 text-muted hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink"
    >
      {children}
    </Link>
  );
}
