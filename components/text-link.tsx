import Link from 'next/link';
import type { ComponentProps } from 'react';
import { LinkPending } from '@/components/frame/link-pending';

export function TextLink({ className = '', children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={`text-accent underline decoration-1 underline-offset-4 hover:text-accent-deep ${className}`}
      {...props}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
