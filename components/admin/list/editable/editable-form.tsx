'use client';

import { type ComponentProps, type ReactNode, useContext, useMemo } from 'react';
import { FirstButton } from '@/components/admin/form/first-button';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import { EditedCell } from '@/components/admin/list/editable/edited-cell';
import { rowsInForm } from '@/components/admin/list/editable/rows-in-form';
import { ResultRows } from '@/components/admin/list/result-rows';
import { type StepUp, StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import { type FormAction, FormStateContext } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { FailureNotice } from '@/components/sending/failure-notice';
import type { FormState } from '@/lib/forms/forms';

type Props = {
  action: FormAction;
  model: string;
  query: string;
  values: Record<string, string>;
  stepUp: StepUp | null;
  sent: FormState | undefined;
  children: ReactNode;
};

/** The form of a list whose rows are changed in the list itself. */
export function EditableForm(props: Props) {
  const { action, model, query, values, stepUp, sent, children } = props;
  return (
    <ActionForm
      id="changelist-form"
      action={action}
      initialValues={values}
      sent={sent}
      notice="inside"
      className="group/list"
    >
      <FirstButton name="_save" />
      <input type="hidden" name="_model" value={model} />
      <input type="hidden" name="_query" value={query} />
      <HiddenValue name="form-TOTAL_FORMS" />
      <HiddenValue name="form-INITIAL_FORMS" />
      {children}
      {/* Most of what is saved needs no proof: the server asks for it where something does. */}
      {stepUp && <StepUpIfOld fields={stepUp.fields} isOld={false} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FailureNotice />
        <SubmitButton name="_save" value="Save">
          Save
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** The rows in it. Which row of the form one of the list is, the form's state says by its id. */
export function EditedRows(props: Omit<ComponentProps<typeof ResultRows>, 'controlOf'>) {
  const { values } = useContext(FormStateContext);
  const rows = useMemo(() => rowsInForm(values), [values]);
  return (
    <ResultRows
      {...props}
      controlOf={({ id }, { field, isFirst }) => {
        const row = rows.get(String(id));
        return row === undefined ? null : <EditedCell row={row} field={field} isFirst={isFirst} />;
      }}
    />
  );
}
