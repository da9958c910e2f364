'use client';

import { type ReactNode, useContext } from 'react';
import { FormLine } from '@/components/admin/form/form-line';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import { FieldErrors } from '@/components/forms/field';
import { FormStateContext } from '@/components/forms/form-state';
import type { FormField } from '@/lib/contrib/admin/form/change-form';
import type { FormState } from '@/lib/forms/forms';

type Props = {
  /** The row. */
  id: string;
  field: FormField;
  /** Whether it is the first of its row, which carries what the row is known by. */
  isFirst: boolean;
  /** What stands there where the form does not hold the row. */
  children: ReactNode;
};

/** A cell of a list that is changed there. Which row of the form it is, the form's state says by its id. */
export function EditedCell({ id, field, isFirst, children }: Props) {
  const state = useContext(FormStateContext);
  const row = rowIn(state, id);
  if (row === null) return children;
  return (
    <div className="edited-cell relative" id={isFirst ? `id_${row}` : undefined}>
      {isFirst && (
        <>
          <HiddenValue name={`${row}-id`} />
          <HiddenValue name={`${row}-_version`} />
          <FieldErrors id={`id_${row}`} errors={state.fieldErrors[row] ?? []} />
        </>
      )}
      <FormLine field={{ ...field, name: field.name.replace('form-__prefix__', row) }} />
    </div>
  );
}

function rowIn({ values }: FormState, id: string): string | null {
  const total = Number(values['form-TOTAL_FORMS'] ?? 0);
  for (let index = 0; index < total; index += 1) {
    if (values[`form-${index}-id`] === id) return `form-${index}`;
  }
  return null;
}
