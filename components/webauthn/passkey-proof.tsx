'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { FieldErrors } from '@/components/forms/field';
import { useHydrated } from '@/components/use-hydrated';

type Props = {
  name: string;
  label: string;
  /** Where options are had, and what for. */
  options: string;
  purpose: string;
  hint?: string;
  errors?: string[];
  variant?: 'primary' | 'secondary';
};

/** A passkey as a field: the button asks for it, puts the answer into the form and sends it. */
export function PasskeyProof({ name, label, options, purpose, hint, errors = [], variant }: Props) {
  const isHydrated = useHydrated();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  async function ask() {
    const { askForPasskey, wordsFor } = await import('@/components/webauthn/ceremony');
    setBusy(true);
    setProblem('');
    try {
      const answer = await askForPasskey(options, purpose);
      if (!field.current) return;
      field.current.value = answer;
      field.current.form?.requestSubmit();
      // It counts once: what is sent after this needs another.
      field.current.value = '';
    } catch (error) {
      setProblem(wordsFor(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="space-y-1.5">
      {hint !== undefined && <p className="text-sm text-muted">{hint}</p>}
      <input ref={field} type="hidden" name={name} />
      <div className="min-h-10">
        {isHydrated ? (
          <Button
            type="button"
            variant={variant}
            aria-busy={isBusy || undefined}
            onClick={() => isBusy || void ask()}
            className="w-full aria-busy:cursor-progress aria-busy:opacity-70"
          >
            {label}
          </Button>
        ) : (
          <noscript>
            <p className="text-muted">{`${label}: that needs JavaScript.`}</p>
          </noscript>
        )}
      </div>
      <div role="alert">
        <FieldErrors id={`id_${name}`} errors={problem === '' ? errors : [problem]} />
      </div>
    </div>
  );
}
