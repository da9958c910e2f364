'use client';

import { Field, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

/** A file. A browser never shows again which one was chosen. */
export function FileField({ name, label, hint }: Omit<FieldProps, 'required'>) {
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} errors={field.errors}>
      <input
        {...field.control}
        type="file"
        accept=".csv,text/csv"
        required
        className="block w-full max-w-96 rounded-field border border-edge bg-surface p-2 text-base text-ink file:mr-3 file:rounded-field file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-ink aria-invalid:border-danger"
      />
    </Field>
  );
}
