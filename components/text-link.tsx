import Link from 'next/link';
import type { ComponentProps } from 'react';

export function TextLink({ className = '', ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={`text-accent underline decoration-1 underline-offset-4 hover:text-accent-deep ${className}`}
      {...props}
    />
  );
}
