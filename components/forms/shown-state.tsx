'use client';

import type { ReactNode } from 'react';
import { ErrorSummary } from '@/components/forms/error-summary';
import { FormStateContext } from '@/components/forms/form-state';
import type { FormState } from '@/lib/forms/forms';

/** The fields of a form whose state the page was answered with: what was typed, and what is wrong. */
export function ShownState({ state, children }: { state: FormState; children: ReactNode }) {
  return (
    <FormStateContext value={state}>
      <div className="space-y-5">
        <ErrorSummary state={state} />
        {children}
      </div>
    </FormStateContext>
  );
}
