'use client';

import { adminControl, type ControlProps, Group } from '@/components/admin/form/controls';
import { TwoBoxes } from '@/components/admin/form/two-boxes';
import { Field, FieldErrors, FieldHint } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { useHydrated } from '@/components/use-hydrated';
import type { Choice } from '@/lib/contrib/admin/form/choices';

type Props = ControlProps & { choices: readonly Choice[]; hasTwoBoxes: boolean };

/** Several rows of another model: a list to tick off in, or with scripts two boxes to move between. */
export function MultipleControl({ name, label, hint, choices, hasTwoBoxes }: Props) {
  const field = useField(name, hint);
  const isHydrated = useHydrated();
  const chosen = (field.value ?? '').split(',').filter((id) => id !== '');
  if (isHydrated && hasTwoBoxes) {
    return (
      <Group label={label} describedBy={field.control['aria-describedby']}>
        <FieldHint id={field.id} hint={hint} />
        <TwoBoxes key={field.value} id={field.id} name={name} choices={choices} initial={chosen} />
        <FieldErrors id={field.id} errors={field.errors} />
      </Group>
    );
  }
  return (
    <Field id={field.id} label={label} hint={hint} errors={field.errors}>
      <select
        key={field.value}
        {...field.control}
        multiple
        size={Math.min(12, Math.max(4, choices.length))}
        defaultValue={chosen}
        className={`${adminControl} py-1`}
      >
        {choices.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
