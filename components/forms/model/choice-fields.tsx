'use client';

import { controlLook, Field, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { FieldGroup } from './field-group';

/** The value that is sent, and what people read. */
export type Choices = readonly (readonly [value: string | number, label: string])[];

export type ChoiceProps = FieldProps & { choices: Choices };

/** One of several. What may be empty can be taken back; what may not begins with nothing chosen. */
export function SelectField({ name, label, hint, required = true, choices }: ChoiceProps) {
  const field = useField(name, hint);
  return (
    <Field id={field.id} label={label} hint={hint} optional={!required} errors={field.errors}>
      {/* A select keeps its first default over an answer of the server, unless it is a new one. */}
      <select
        key={field.value}
        {...field.control}
        defaultValue={field.value}
        aria-required={required || undefined}
        className={`${controlLook} h-11`}
      >
        <option value="">{required ? 'Choose' : 'None'}</option>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** One of few, all of them in sight. */
export function RadioField({
  name,
  label,
  hint,
  required = true,
  choices,
  isVertical = true,
}: ChoiceProps & { isVertical?: boolean }) {
  const { control, value = '' } = useField(name, hint);
  const offered = required ? choices : ([['', 'None'], ...choices] as const);
  return (
    <FieldGroup name={name} label={label} hint={hint} required={required}>
      <div key={value} className={`flex gap-x-6 gap-y-1 ${isVertical ? 'flex-col' : 'flex-wrap'}`}>
        {offered.map(([choice, text]) => (
          <label key={choice} className="inline-flex min-h-6 items-center gap-2.5">
            <input
              type="radio"
              name={name}
              value={choice}
              defaultChecked={String(choice) === value}
              aria-invalid={control['aria-invalid']}
              className="size-4.5 accent-accent"
            />
            {text}
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
