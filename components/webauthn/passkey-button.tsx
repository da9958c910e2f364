'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { FieldErrors, FieldHint } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';

export type PasskeyFieldProps = {
  name: string;
  label: string;
  /** Where options are had, and what for. */
  options: string;
  purpose: 'confirm' | 'second';
  hint?: string;
  variant?: 'primary' | 'secondary';
};

/** A passkey as a field: the button asks for it, puts the answer into the form and sends that. */
export function PasskeyButton({ name, label, options, purpose, hint, variant }: PasskeyFieldProps) {
  const { id, errors } = useField(name, hint);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  async function ask() {
    const { askForPasskey, wordsFor } = await import('@/components/webauthn/ceremony');
    setBusy(true);
    setProblem('');
    try {
      const answer = await askForPasskey(options, purpose);
      if (!input.current) return;
      input.current.value = answer;
      input.current.form?.requestSubmit();
      // It counts once: what is sent after this needs another.
      input.current.value = '';
    } catch (error) {
      setProblem(wordsFor(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="space-y-1.5">
      <FieldHint id={id} hint={hint} />
      <input ref={input} type="hidden" name={name} />
      <Button
        id={id}
        type="button"
        variant={variant}
        aria-busy={isBusy || undefined}
        onClick={() => isBusy || void ask()}
        className="w-full aria-busy:cursor-progress aria-busy:opacity-70"
      >
        {label}
      </Button>
      <div role="alert">
        <FieldErrors id={id} errors={problem === '' ? errors : [problem]} />
      </div>
    </div>
  );
}
