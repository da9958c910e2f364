'use client';

import { type FormEvent, useRef, useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/components/forms/form-state';
import { SubmitButton } from '@/components/forms/submit-button';
import { TextField } from '@/components/forms/text-field';
import { useHydrated } from '@/components/use-hydrated';
import { MadePasskey } from '@/components/webauthn/made-passkey';

type Props = {
  action: FormAction;
  /** Where the browser is told what to make. */
  options: string;
  suggestedName: string;
  next: string;
  /** Whether somebody whose factors were reset gives their ticket with it. */
  hasTicket: boolean;
};

/** Has a passkey made by the browser and sends it with the name that the person gives it. */
export function MakePasskeyForm({ action, options, suggestedName, next, hasTicket }: Props) {
  const isHydrated = useHydrated();
  const made = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  function makeFirst(event: FormEvent) {
    if (made.current?.value) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isBusy) void make();
  }

  async function make() {
    setBusy(true);
    setProblem('');
    const [{ makePasskey }, { wordsFor }] = await Promise.all([
      import('@/components/webauthn/make-passkey'),
      import('@/components/webauthn/ceremony'),
    ]);
    try {
      const answer = await makePasskey(options);
      if (!made.current) return;
      made.current.value = answer;
      made.current.form?.requestSubmit();
      made.current.value = '';
    } catch (error) {
      setProblem(wordsFor(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div onSubmitCapture={makeFirst}>
      <ActionForm
        action={action}
        initialValues={{ name: suggestedName }}
        failed="Not added"
        isWatched={false}
      >
        <input type="hidden" name="next" value={next} />
        <TextField name="name" label="Name" hint="What tells you where it is kept." dir="auto" />
        {hasTicket && (
          <TextField
            name="ticket"
            label="Enrolment ticket"
            hint="The one that the people who run this site have given you."
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
        )}
        <MadePasskey ref={made} problem={problem} />
        <div className="min-h-10">
          {isHydrated ? (
            <SubmitButton className="w-full">
              {isBusy ? 'Follow your device…' : 'Create a passkey'}
            </SubmitButton>
          ) : (
            <noscript>
              <p>Making a passkey needs JavaScript, which is off in this browser.</p>
            </noscript>
          )}
        </div>
      </ActionForm>
    </div>
  );
}
