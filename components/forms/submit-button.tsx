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
  /** What it says while its form is on its way; its own word with dots unless told. */
  busy?: string;
  /** Where the form goes by this button, with scripts and without: a handler that answers with a file. */
  formAction?: string;
  formMethod?: string;
};

/** Stays focusable while the form is on its way, and swallows a second press until the answer is here. */
export function SubmitButton(props: Props) {
  const { variant = 'primary', className = '', children, busy, ...button } = props;
  const { pending, data } = useFormStatus();
  // Of several buttons the one that was pressed is among what is sent.
  const isPressed = pending && (!button.name || data.get(button.name) === (button.value ?? ''));
  return (
    <Button
      {...button}
      variant={variant}
      aria-disabled={pending || undefined}
      aria-busy={isPressed || undefined}
      onClick={(event) => pending && event.preventDefault()}
      className={`${className} aria-busy:cursor-progress aria-busy:opacity-70`}
    >
      {isPressed ? (busy ?? <>{children}…</>) : children}
    </Button>
  );
}
