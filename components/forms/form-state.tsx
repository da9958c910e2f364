'use client';

import { createContext, useContext } from 'react';
import { emptyFormState, type FormState } from '@/lib/forms/forms';

/** A guarded action as a form calls it. */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** What the server said about the form around a field: its values to show again and its errors. */
export const FormStateContext = createContext<FormState>(emptyFormState);

/** A field's share of the form's state, and the attributes that tie its control to its words. */
export function useField(name: string, hint?: string) {
  const state = useContext(FormStateContext);
  const errors = state.fieldErrors[name] ?? [];
  const id = `id_${name}`;
  const describedBy = [
    errors.length > 0 ? `${id}_error` : null,
    hint === undefined ? null : `${id}_hint`,
  ].filter((part) => part !== null);
  return {
    id,
    errors,
    value: state.values[name],
    control: {
      id,
      name,
      'aria-invalid': errors.length > 0 || undefined,
      'aria-describedby': describedBy.join(' ') || undefined,
    },
  };
}
