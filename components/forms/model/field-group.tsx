'use client';

import type { ReactNode } from 'react';
import { FieldErrors, FieldHint, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

type Props = FieldProps & { children: ReactNode };

/** A field of several controls, under one name. */
export function FieldGroup({ name, label, hint, required = true, children }: Props) {
  const { id, errors, control } = useField(name, hint);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={control['aria-describedby']}
      className="min-w-0 space-y-1.5"
    >
      <legend className="font-semibold">
        {label}
        {!required && <span className="font-normal text-muted"> (optional)</span>}
      </legend>
      <FieldHint id={id} hint={hint} />
      {children}
      <FieldErrors id={id} errors={errors} />
    </fieldset>
  );
}
