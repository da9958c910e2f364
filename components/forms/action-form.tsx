'use client';

import { type ReactNode, useActionState } from 'react';
import { ErrorSummary } from '@/components/forms/error-summary';
import { type FormAction, FormStateContext } from '@/components/forms/form-state';
import { emptyFormState } from '@/lib/http/forms';

type Props = {
  action: FormAction;
  initialValues?: Record<string, string>;
  className?: string;
  children: ReactNode;
};

/**
 * A form around a guarded action. What the action returns is shown at the fields inside; without
 * JavaScript the server renders the same state into the answered page. The browser's own validation
 * is off: the words of the server are the only ones.
 */
export function ActionForm({ action, initialValues = {}, className = '', children }: Props) {
  const [state, send] = useActionState(action, { ...emptyFormState, values: initialValues });
  return (
    <FormStateContext value={state}>
      <form action={send} noValidate className={`space-y-5 ${className}`}>
        <ErrorSummary state={state} />
        {children}
      </form>
    </FormStateContext>
  );
}
