'use client';

import { TextField } from '@/components/forms/text-field';

type Props = { label: string; hint?: string };

/** A code of an app or a recovery code: letters too, so no keyboard of digits. */
export function CodeField({ label, hint }: Props) {
  return (
    <TextField
      name="code"
      label={label}
      {...(hint !== undefined && { hint })}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}
