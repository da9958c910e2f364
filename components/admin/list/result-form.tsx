import { editListAction, listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { EditableForm } from '@/components/admin/list/editable/lazily';
import { ResultTable } from '@/components/admin/list/result-table';
import { SelectionBar } from '@/components/admin/list/selection-bar';
import type { StepUp } from '@/components/admin/step-up';
import { SendingForm } from '@/components/sending/sending-form';
import type { OfferedAction } from '@/lib/contrib/admin/actions';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { FormState } from '@/lib/forms/forms';

type Props = {
  admin: ModelAdmin;
  list: ChangeList;
  actions: readonly OfferedAction[];
  /** Who one is, where rows that are changed here may give somebody a right. */
  stepUp: StepUp | null;
  sent: FormState | undefined;
};

/** The table in the form of its actions, or alone where there is nothing to do with a row. */
export function ResultForm({ admin, list, actions, stepUp, sent }: Props) {
  const query = list.query.params.toString();
  if (list.edits) {
    return (
      <EditableForm
        key={query}
        action={editListAction}
        model={admin.meta.key}
        query={query}
        values={list.edits.values}
        stepUp={stepUp}
        sent={sent}
      >
        <ResultTable admin={admin} list={list} canSelect={actions.length > 0} />
        {actions.length > 0 && (
          <SelectionBar admin={admin} list={list} actions={actions} hasNotice={false} />
        )}
      </EditableForm>
    );
  }
  if (actions.length === 0) return <ResultTable admin={admin} list={list} canSelect={false} />;
  return (
    <SendingForm
      key={query}
      id="changelist-form"
      action={listAction}
      failed="Nothing is done"
      notice="inside"
      className="group/list"
    >
      <input type="hidden" name="_model" value={admin.meta.key} />
      <input type="hidden" name="_query" value={query} />
      <ResultTable admin={admin} list={list} canSelect />
      <SelectionBar admin={admin} list={list} actions={actions} />
    </SendingForm>
  );
}
