import Link from 'next/link';
import type { ComponentProps } from 'react';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';

const base = 'inline-flex min-h-10 items-center justify-center rounded-field';
const look: Record<Variant, string> = {
  primary: 'bg-accent px-4 font-semibold text-on-accent hover:bg-accent-deep',
  secondary: 'border border-edge bg-surface px-4 font-semibold text-ink hover:bg-sunken',
  danger: 'bg-danger px-4 font-semibold text-paper hover:opacity-90',
  quiet: 'px-2 text-muted underline-offset-4 hover:text-ink hover:underline',
};

type ButtonProps = ComponentProps<'button'> & { variant?: Variant };

export function Button({ variant = 'secondary', className = '', ...props }: ButtonProps) {
  return <button type="submit" className={`${base} ${look[variant]} ${className}`} {...props} />;
}

type ButtonLinkProps = ComponentProps<typeof Link> & { variant?: Variant };

/** A link to another page that is the page's next step; what changes something is a Button. */
export function ButtonLink({ variant = 'secondary', className = '', ...props }: ButtonLinkProps) {
  return <Link className={`${base} ${look[variant]} ${className}`} {...props} />;
}

type PlainLinkProps = ComponentProps<'a'> & { variant?: Variant };

/** The same where the browser itself has to ask: a page that sets a cookie while it is drawn. */
export function DocumentLink({ variant = 'secondary', className = '', ...props }: PlainLinkProps) {
  return <a className={`${base} ${look[variant]} ${className}`} {...props} />;
}
