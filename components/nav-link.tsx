'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkPending } from '@/components/frame/link-pending';

type Props = {
  href: string;
  exact?: boolean;
  prefetch?: false;
  className: string;
  children: ReactNode;
};

/** A link that knows whether one is there or below: a layout around it is not drawn again. */
export function NavLink({ href, exact = false, prefetch, className, children }: Props) {
  const pathname = usePathname();
  const isHere = exact ? pathname === href : pathname.startsWith(href);
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      {...(prefetch === false && { prefetch })}
      className={className}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
