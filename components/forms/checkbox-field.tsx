'use client';

import { FieldErrors, FieldHint, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

/** Ticked when the form's value for it is `on`, which is also what the browser sends. */
export function CheckboxField({ name, label, hint }: Omit<FieldProps, 'required'>) {
  const field = useField(name, hint);
  return (
    <div className="space-y-1">
      <label htmlFor={field.id} className="flex min-h-6 items-center gap-2.5">
        <input
          {...field.control}
          type="checkbox"
          value="on"
          defaultChecked={field.value === 'on'}
          className="size-4.5 accent-accent"
        />
        {label}
      </label>
      <FieldHint id={field.id} hint={hint} />
      <FieldErrors id={field.id} errors={field.errors} />
    </div>
  );
}
