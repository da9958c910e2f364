'use client';

import {
  adminControl,
  type ControlProps,
  Group,
  LockedReason,
} from '@/components/admin/form/controls';
import { FEW_CHOICES, FewChoices } from '@/components/admin/form/few-choices';
import { TwoBoxes } from '@/components/admin/form/two-boxes';
import { Field, FieldErrors, FieldHint } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { useHydrated } from '@/components/use-hydrated';
import type { Choice } from '@/lib/contrib/admin/form/choices';

type Props = ControlProps & {
  choices: readonly Choice[];
  hasTwoBoxes: boolean;
  /** Those that would be refused, and why. */
  some: { ids: readonly number[]; reason: string } | undefined;
};

/**
 * Several rows of another model: a list to mark them in, or with scripts a tick for each where they are few,
 * else two boxes to move between.
 */
export function MultipleControl({ name, label, hint, choices, hasTwoBoxes, some }: Props) {
  const field = useField(name, hint);
  const isHydrated = useHydrated();
  const chosen = (field.value ?? '').split(',').filter((id) => id !== '');
  const locked = new Set(some?.ids.map(String));
  if (isHydrated && hasTwoBoxes) {
    const Choices = choices.length > FEW_CHOICES ? TwoBoxes : FewChoices;
    return (
      <Group label={label} describedBy={field.control['aria-describedby']}>
        <FieldHint id={field.id} hint={hint} />
        <LockedReason id={field.id} locked={some?.reason} />
        <Choices
          key={field.value}
          id={field.id}
          name={name}
          choices={choices}
          initial={chosen}
          locked={locked}
        />
        <FieldErrors id={field.id} errors={field.errors} />
      </Group>
    );
  }
  return (
    <Field id={field.id} label={label} hint={hint} errors={field.errors}>
      <LockedReason id={field.id} locked={some?.reason} />
      <select
        key={field.value}
        {...field.control}
        multiple
        size={Math.min(12, Math.max(4, choices.length))}
        defaultValue={chosen}
        className={`${adminControl} py-1`}
      >
        {choices.map(([id, text]) => (
          <option
            key={id}
            value={id}
            disabled={locked.has(String(id)) && !chosen.includes(String(id))}
          >
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
