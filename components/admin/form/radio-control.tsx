'use client';

import { type ControlProps, Group } from '@/components/admin/form/controls';
import { FieldErrors, FieldHint } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

type Props = ControlProps & {
  choices: readonly (readonly [value: string | number, label: string])[];
  isVertical: boolean;
};

/** One of few values, all of them in sight. Django: AdminRadioSelect */
export function RadioControl({ name, label, hint, isRequired, choices, isVertical }: Props) {
  const { id, errors, control, value = '' } = useField(name, hint);
  const offered = isRequired ? choices : ([['', 'None'], ...choices] as const);
  return (
    <Group label={label} isOptional={!isRequired} describedBy={control['aria-describedby']}>
      <FieldHint id={id} hint={hint} />
      <div key={value} className={`flex gap-x-6 gap-y-1 ${isVertical ? 'flex-col' : 'flex-wrap'}`}>
        {offered.map(([choice, text], place) => (
          <label key={choice} className="inline-flex min-h-6 items-center gap-2.5">
            <input
              type="radio"
              id={`${id}_${place}`}
              name={name}
              value={choice}
              defaultChecked={String(choice) === value}
              className="size-4 accent-accent"
            />
            {text}
          </label>
        ))}
      </div>
      <FieldErrors id={id} errors={errors} />
    </Group>
  );
}
