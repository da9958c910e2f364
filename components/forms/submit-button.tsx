'use client';

import type { ComponentProps, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from '@/components/button';

type Props = {
  children: ReactNode;
  variant?: ComponentProps<typeof Button>['variant'];
  name?: string;
  value?: string;
  className?: string;
  /** Where the form goes by this button, with scripts and without: a handler that answers with a file. */
  formAction?: string;
  formMethod?: string;
};

/** Stays focusable while the form is on its way, and swallows a second press until the answer is here. */
export function SubmitButton({ variant = 'primary', className = '', ...props }: Props) {
  const { pending } = useFormStatus();
  return (
    <Button
      {...props}
      variant={variant}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
      className={`${className} aria-busy:cursor-progress aria-busy:opacity-70`}
    />
  );
}
