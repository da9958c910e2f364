'use client';

import { type ComponentProps, useContext } from 'react';
import { controlLook, Field, type FieldProps } from '@/components/forms/field';
import { FormStateContext, useField } from '@/components/forms/form-state';

type Props = FieldProps & {
  /** The first of a page that is there to be filled in: it has the focus, unless something is wrong. */
  isFirst?: boolean;
} & Pick<
    ComponentProps<'input'>,
    'type' | 'autoComplete' | 'autoCapitalize' | 'spellCheck' | 'dir' | 'inputMode'
  >;

/** A line of text. `required` is told to people and machines, but the server is who insists on it. */
export function TextField(props: Props) {
  const { name, label, hint, required = true, type = 'text', isFirst = false, ...input } = props;
  const { formErrors, fieldErrors } = useContext(FormStateContext);
  const isRight = formErrors.length + Object.keys(fieldErrors).length === 0;
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      <input
        {...input}
        {...field.control}
        // biome-ignore lint/a11y/noAutofocus: Django's pages begin here, and an error has the focus first.
        autoFocus={isFirst && isRight}
        type={type}
        defaultValue={field.value}
        aria-required={required || undefined}
        className={`${controlLook} h-11`}
      />
    </Field>
  );
}
