'use client';

import type { ReactNode } from 'react';
import { FieldErrors } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

type Props = { value: string; label: string; hint?: ReactNode };

/** One of the things that can be removed. */
export function ResetChoice({ value, label, hint }: Props) {
  const field = useField('what');
  const id = `id_what_${value}`;
  return (
    <div>
      <label htmlFor={id} className="flex min-h-6 items-center gap-2.5">
        <input
          id={id}
          name="what"
          type="radio"
          value={value}
          defaultChecked={field.value === value}
          aria-describedby={hint ? `${id}_hint` : undefined}
          className="size-4.5 accent-accent"
        />
        {label}
      </label>
      {hint && (
        <p id={`${id}_hint`} className="ml-7 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What the server said against the choice. */
export function ChoiceErrors() {
  const { errors } = useField('what');
  return <FieldErrors id="id_what" errors={errors} />;
}
