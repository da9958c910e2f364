import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { FailureNotice } from '@/components/sending/failure-notice';

type Props = {
  canAdd: boolean;
  canContinue: boolean;
  deleteHref: string | null;
  /** Whether the row may be saved as a new one, which stands instead of "and add another". */
  canSaveAsNew?: boolean;
};

/** The buttons of a form, under Django's names; in sight however long the form is. */
export function SaveBar({ canAdd, canContinue, deleteHref, canSaveAsNew = false }: Props) {
  return (
    <Bar>
      <FailureNotice />
      <SubmitButton name="_save" value="Save" busy="Saving…">
        Save
      </SubmitButton>
      {canContinue && (
        <SubmitButton
          variant="secondary"
          name="_continue"
          value="Save and continue editing"
          busy="Saving…"
        >
          Save and continue editing
        </SubmitButton>
      )}
      {canAdd && canSaveAsNew && (
        <SubmitButton variant="secondary" name="_saveasnew" value="Save as new" busy="Saving…">
          Save as new
        </SubmitButton>
      )}
      {canAdd && !canSaveAsNew && (
        <SubmitButton
          variant="secondary"
          name="_addanother"
          value="Save and add another"
          busy="Saving…"
        >
          Save and add another
        </SubmitButton>
      )}
      {deleteHref && (
        <ButtonLink
          variant="quiet"
          href={deleteHref}
          prefetch={false}
          className="text-danger! sm:ml-auto"
        >
          Delete
        </ButtonLink>
      )}
    </Bar>
  );
}

export function Bar({ children }: { children: ReactNode }) {
  return (
    <div
      data-save-bar
      className="flex flex-wrap gap-2 border-t border-line bg-paper py-3 sm:sticky sm:bottom-0 sm:z-10"
    >
      {children}
    </div>
  );
}
