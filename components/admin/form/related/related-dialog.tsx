'use client';

import { useContext, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { saveRelatedAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { type Fetched, fetchJson } from '@/components/admin/fetch-json';
import { FormLine } from '@/components/admin/form/form-line';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import type { Picked } from '@/components/admin/form/related/picked';
import { Modal } from '@/components/admin/keyboard/modal';
import { type StepUp, StepUpIfOld } from '@/components/admin/step-up';
import { Button } from '@/components/button';
import { ActionForm } from '@/components/forms/action-form';
import { FormStateContext } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import type { FormView } from '@/lib/contrib/admin/form/change-form';
import type { RelatedLinks } from '@/lib/contrib/admin/related/related-links';

/** The form, and who one is, where it may give somebody a right. */
type Asked = { view: FormView; stepUp: StepUp | null };

type Props = {
  links: RelatedLinks;
  /** Null for a new row. */
  id: string | null;
  onClose: () => void;
  onSaved: (row: Picked) => void;
};

/** The form of another row above the one that is open, whose text stays as it is. */
export function RelatedDialog({ links, id, onClose, onSaved }: Props) {
  const { model, noun } = links;
  const [asked, setAsked] = useState<Fetched<Asked> | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    const query = new URLSearchParams({ model, ...(id !== null && { id }) });
    void fetchJson<Asked>(`/admin/related/?${query}`, asking.signal).then(
      (answer) => asking.signal.aborted || setAsked(answer),
    );
    return () => asking.abort();
  }, [model, id]);
  const title = `${id === null ? 'Add' : 'Change'} ${noun}`;
  // A form holds no other.
  return createPortal(
    <Modal label={title} onClose={onClose}>
      <div className="max-h-[70dvh] space-y-4 overflow-y-auto p-5">
        <h2 className="text-lg font-semibold">{title}</h2>
        {asked === null && <p role="status">Loading …</p>}
        {asked !== null && asked.kind !== 'fetched' && (
          <p role="alert">
            {asked.kind === 'signed out'
              ? 'You are signed out. Sign in in another tab, and open this again.'
              : 'The form could not be loaded. Close this and open it again.'}
          </p>
        )}
        {asked?.kind === 'fetched' ? (
          <RelatedForm {...{ links, id, onClose, onSaved }} {...asked.value} />
        ) : (
          <Button type="button" variant="quiet" onClick={onClose}>
            Close
          </Button>
        )}
      </div>
    </Modal>,
    document.body,
  );
}

function RelatedForm({ links, id, view, stepUp, onClose, onSaved }: Props & Asked) {
  const hidden = { _model: links.model, ...(id !== null && { _id: id }) };
  const values = { ...view.values, ...(view.version !== '' && { _version: view.version }) };
  return (
    <ActionForm action={saveRelatedAction} initialValues={values} isWatched={false} stays>
      <Saved onSaved={onSaved} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {view.version !== '' && <HiddenValue name="_version" />}
      {view.sections.flatMap(({ fields }) =>
        fields.map((field) => <FormLine key={field.name} field={field} />),
      )}
      {stepUp && <StepUpIfOld {...stepUp} />}
      <div className="flex gap-2">
        <SubmitButton>Save</SubmitButton>
        <Button type="button" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </ActionForm>
  );
}

/** Hands on which row was saved, once the server says so. */
function Saved({ onSaved }: Pick<Props, 'onSaved'>) {
  const { values } = useContext(FormStateContext);
  const { _saved: id, _text: text = '' } = values;
  useEffect(() => {
    if (id !== undefined) onSaved({ id, text });
  });
  return null;
}
