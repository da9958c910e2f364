'use client';

import { controlLook, Field, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

type Props = FieldProps & { rows?: number; dir?: 'auto'; maxLength?: number };

export function TextArea({ name, label, hint, required = true, rows = 10, ...area }: Props) {
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      <textarea
        {...field.control}
        {...area}
        rows={rows}
        defaultValue={field.value}
        aria-required={required || undefined}
        className={`${controlLook} py-2.5`}
      />
    </Field>
  );
}
