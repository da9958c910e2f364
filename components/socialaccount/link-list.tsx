import { DateTime } from '@/components/date-time';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';

type Shown = {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly dateJoined: Date;
  readonly lastLogin: Date;
};

type Props = {
  links: readonly Shown[];
  /** Null while none can be removed. */
  action: FormAction | null;
};

/** The accounts elsewhere that sign somebody in, each with the button that unlinks it. */
export function LinkList({ links, action }: Props) {
  if (links.length === 0) return <p className="text-muted">No account elsewhere signs you in.</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {links.map(({ id, name, label, dateJoined, lastLogin }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
          <div className="min-w-0 grow">
            <p className="break-words font-semibold">
              {name}
              {label !== '' && (
                <>
                  {' '}
                  <bdi className="font-normal text-muted">{label}</bdi>
                </>
              )}
            </p>
            <p className="text-sm text-muted">
              Linked <DateTime value={dateJoined} /> · last used <DateTime value={lastLogin} />
            </p>
          </div>
          {action && (
            <ActionForm
              action={action}
              failed="Not unlinked"
              isWatched={false}
              className="space-y-2!"
            >
              <input type="hidden" name="account" value={id} />
              <SubmitButton variant="secondary">
                Unlink
                <span className="sr-only">
                  : {name} {label}
                </span>
              </SubmitButton>
            </ActionForm>
          )}
        </li>
      ))}
    </ul>
  );
}
