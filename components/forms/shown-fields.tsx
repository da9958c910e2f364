'use client';

import dynamic from 'next/dynamic';
import { ErrorSummary } from '@/components/forms/error-summary';
import { FormStateContext } from '@/components/forms/form-state';
import type { ModelFormField } from '@/lib/contrib/admin/form/model-form';
import type { FormState } from '@/lib/forms/forms';

// A list, which seldom asks anything, is not to carry every control.
const ModelFields = dynamic(() =>
  import('@/components/forms/model/model-fields').then((loaded) => loaded.ModelFields),
);

type Props = { state: FormState; fields: readonly ModelFormField[] };

/** Fields of a form whose state the page was answered with: what was typed, and what is wrong. */
export function ShownFields({ state, fields }: Props) {
  return (
    <FormStateContext value={state}>
      <div className="space-y-5">
        <ErrorSummary state={state} />
        <ModelFields fields={fields} />
      </div>
    </FormStateContext>
  );
}
