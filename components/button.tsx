import Link from 'next/link';
import type { ComponentProps } from 'react';
import { LinkPending } from '@/components/frame/link-pending';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';

const base = 'inline-flex min-h-10 items-center justify-center rounded-field border print:hidden';
const look: Record<Variant, string> = {
  primary: 'border-transparent bg-accent px-4 font-semibold text-on-accent hover:bg-accent-deep',
  secondary: 'border-edge bg-surface px-4 font-semibold text-ink hover:bg-sunken',
  danger: 'border-transparent bg-danger px-4 font-semibold text-paper hover:opacity-90',
  quiet: 'border-transparent px-2 text-muted underline-offset-4 hover:text-ink hover:underline',
};

type ButtonProps = ComponentProps<'button'> & { variant?: Variant };

export function Button({ variant = 'secondary', className = '', ...props }: ButtonProps) {
  return <button type="submit" className={`${base} ${look[variant]} ${className}`} {...props} />;
}

type ButtonLinkProps = ComponentProps<typeof Link> & { variant?: Variant };

/** A link to another page that is the page's next step; what changes something is a Button. */
export function ButtonLink(props: ButtonLinkProps) {
  const { variant = 'secondary', className = '', children, ...link } = props;
  return (
    <Link className={`${base} ${look[variant]} ${className}`} {...link}>
      {children}
      <LinkPending />
    </Link>
  );
}

type PlainLinkProps = ComponentProps<'a'> & { variant?: Variant };

/** The same where the browser itself has to ask: a page that sets a cookie while it is drawn. */
export function DocumentLink({ variant = 'secondary', className = '', ...props }: PlainLinkProps) {
  return <a className={`${base} ${look[variant]} ${className}`} {...props} />;
}
