'use client';

import { controlLook, Field, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { FieldGroup } from './field-group';

const INPUT_MODES = { number: 'numeric', decimal: 'decimal' } as const;

/**
 * A number, or a sum of money with its `unit` behind it. It is typed as text: a browser would hide what
 * is no number, and round what is long.
 */
export function NumberField({
  name,
  label,
  hint,
  required = true,
  kind,
  unit,
}: FieldProps & { kind: keyof typeof INPUT_MODES; unit?: string }) {
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      <div className="flex items-center gap-2">
        <input
          {...field.control}
          type="text"
          inputMode={INPUT_MODES[kind]}
          autoComplete="off"
          defaultValue={field.value}
          aria-required={required || undefined}
          className={`${controlLook} h-11 max-w-56 tabular-nums`}
        />
        {unit !== undefined && <span className="text-muted">{unit}</span>}
      </div>
    </Field>
  );
}

/** A day, or a time of the day. Where a browser has no picker, it is typed as the value is sent. */
export function DateField({
  name,
  label,
  hint,
  required = true,
  type,
}: FieldProps & { type: 'date' | 'time' }) {
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      <input
        {...field.control}
        type={type}
        step={type === 'time' ? 'any' : undefined}
        defaultValue={field.value}
        aria-required={required || undefined}
        className={`${controlLook} h-11 max-w-56`}
      />
    </Field>
  );
}

/** A day and a time, apart, under Django's names; the time zone is UTC. */
export function DateTimeField({ name, label, hint, required = true }: FieldProps) {
  const { control } = useField(name, hint);
  const parts = [
    ['date', useField(`${name}_0`), `${label}: date`],
    ['time', useField(`${name}_1`), `${label}: time, UTC`],
  ] as const;
  return (
    <FieldGroup name={name} label={label} hint={hint} required={required}>
      <div className="flex flex-wrap gap-2">
        {parts.map(([type, part, words]) => (
          <input
            key={type}
            {...part.control}
            type={type}
            step={type === 'time' ? 'any' : undefined}
            aria-label={words}
            aria-invalid={control['aria-invalid']}
            defaultValue={part.value}
            className={`${controlLook} h-11 max-w-48`}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
