import { SelectedCount } from '@/components/admin/list/select-rows';
import { SubmitButton } from '@/components/forms/submit-button';
import { FailureNotice } from '@/components/sending/failure-notice';
import { MOST_SELECTED, type OfferedAction } from '@/lib/contrib/admin/actions';
import type { ChangeList } from '@/lib/contrib/admin/list/change-list';
import { countOf } from '@/lib/contrib/admin/list/count-text';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';

type Props = {
  admin: ModelAdmin;
  list: ChangeList;
  actions: readonly OfferedAction[];
  hasNotice?: boolean;
};

/** What may be done with the ticked rows. It appears with the first tick, without scripts too. */
export function SelectionBar({ admin, list, actions, hasNotice = true }: Props) {
  const isAll = list.count.isExact && list.rows.length === list.count.value;
  return (
    <div
      data-no-print
      className="sticky bottom-0 z-20 mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel border border-edge bg-surface px-3 py-2 group-not-has-[td>input:checked]/list:hidden"
    >
      {hasNotice && <FailureNotice />}
      <SelectedCount />
      {!isAll && list.listed === null && (
        <span className="text-muted">
          To select more than this page, filter down to {MOST_SELECTED.toLocaleString('en')}.
        </span>
      )}
      {list.listed !== null && <input type="hidden" name="_listed" value={list.listed} />}
      {list.listed !== null && (
        <label className="flex min-h-6 items-center gap-2">
          <input type="checkbox" name="select_across" value="1" className="size-4 accent-accent" />
          All {countOf(admin, list.count)} on every page
        </label>
      )}
      <span className="flex grow flex-wrap justify-end gap-2">
        {actions.map(({ name, label, isDestructive, isFile }) => (
          <SubmitButton
            key={name}
            name="action"
            value={name}
            variant="secondary"
            {...(isFile && { formAction: `${listPath(admin.meta)}action/`, formMethod: 'post' })}
            className={`min-h-9! px-3 ${isDestructive ? 'text-danger!' : ''}`}
          >
            {label}
          </SubmitButton>
        ))}
      </span>
    </div>
  );
}
