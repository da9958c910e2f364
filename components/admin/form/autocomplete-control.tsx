'use client';

import { useState } from 'react';
import { Combobox } from '@/components/admin/form/combobox';
import { adminControl, type ControlProps } from '@/components/admin/form/controls';
import { Field } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { useHydrated } from '@/components/use-hydrated';

type Props = ControlProps & { field: string; text: string };

/**
 * One row of a model with many: with scripts it is searched for while typing, without them its id
 * or name is typed.
 */
export function AutocompleteControl({ name, label, hint, isRequired, field, text }: Props) {
  const { id, errors, control, value } = useField(name, hint);
  const isHydrated = useHydrated();
  const [first] = useState({ value, text });
  const isFirst = value === first.value;
  return (
    <Field id={id} label={label} hint={hint} optional={!isRequired} errors={errors}>
      {isHydrated ? (
        <Combobox
          key={value}
          control={control}
          field={field}
          initial={{ id: value ?? '', text: isFirst ? text : (value ?? '') }}
        />
      ) : (
        <>
          <input
            {...control}
            type="text"
            defaultValue={value}
            autoComplete="off"
            aria-required={isRequired || undefined}
            className={`${adminControl} h-9`}
          />
          <p className="text-muted">
            An id or the exact name.{text !== '' && isFirst && <> Now: {text}.</>}
          </p>
        </>
      )}
    </Field>
  );
}
