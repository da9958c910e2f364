'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type Props = { href: string; exact?: boolean; children: ReactNode };

/** A link of the rail that knows whether one is at it or below. */
export function RailLink({ href, exact = false, children }: Props) {
  const pathname = usePathname();
  const isHere = exact ? pathname === href : pathname.startsWith(href);
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-current={isHere ? 'page' : undefined}
        className="block rounded-field px-2 py-1.5 hover:bg-sunken aria-[current]:bg-sunken aria-[current]:font-semibold"
      >
        {children}
      </Link>
    </li>
  );
}
