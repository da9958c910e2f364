import type { ReactNode } from 'react';
import { editListAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { FirstButton } from '@/components/admin/form/first-button';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import { type StepUp, StepUpIfOld } from '@/components/admin/step-up';
import { ActionForm } from '@/components/forms/action-form';
import { SubmitButton } from '@/components/forms/submit-button';
import { FailureNotice } from '@/components/sending/failure-notice';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';

type Props = {
  admin: ModelAdmin;
  list: ChangeList;
  values: Record<string, string>;
  stepUp: StepUp | null;
  children: ReactNode;
};

/** The form of a list whose rows are changed in the list itself. */
export function EditableForm({ admin, list, values, stepUp, children }: Props) {
  const query = list.query.params.toString();
  return (
    <ActionForm
      key={query}
      id="changelist-form"
      action={editListAction}
      initialValues={values}
      notice="inside"
      className="group/list"
    >
      <FirstButton name="_save" />
      <input type="hidden" name="_model" value={admin.meta.key} />
      <input type="hidden" name="_query" value={query} />
      <HiddenValue name="form-TOTAL_FORMS" />
      <HiddenValue name="form-INITIAL_FORMS" />
      {children}
      {stepUp && <StepUpIfOld {...stepUp} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FailureNotice />
        <SubmitButton name="_save" value="Save">
          Save
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
