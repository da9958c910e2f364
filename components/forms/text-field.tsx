'use client';

import type { ComponentProps } from 'react';
import { controlLook, Field, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

type Props = FieldProps &
  Pick<
    ComponentProps<'input'>,
    'type' | 'autoComplete' | 'autoCapitalize' | 'spellCheck' | 'dir' | 'inputMode'
  >;

/** A line of text. `required` is told to people and machines, but the server is who insists on it. */
export function TextField({ name, label, hint, required = true, type = 'text', ...input }: Props) {
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      <input
        {...input}
        {...field.control}
        type={type}
        defaultValue={field.value}
        aria-required={required || undefined}
        className={`${controlLook} h-11`}
      />
    </Field>
  );
}
