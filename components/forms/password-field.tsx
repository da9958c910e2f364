'use client';

import { useState } from 'react';
import { controlLook, Field, type FieldProps } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import { useHydrated } from '@/components/use-hydrated';

type Props = Omit<FieldProps, 'required'> & {
  autoComplete: 'current-password' | 'new-password';
  /** Id of a further description, beside the hint and the errors. */
  describedBy?: string;
  onType?: (password: string) => void;
};

/** A password: taken as typed, of any length, and never filled in by the server. */
export function PasswordField({ name, label, hint, autoComplete, describedBy, onType }: Props) {
  const field = useField(name, hint);
  const canToggle = useHydrated();
  const [isShown, setShown] = useState(false);
  const descriptions = [field.control['aria-describedby'], describedBy].filter(Boolean);
  return (
    <Field id={field.id} label={label} hint={hint} errors={field.errors}>
      <div className="relative">
        <input
          {...field.control}
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-required
          aria-describedby={descriptions.join(' ') || undefined}
          onInput={onType && ((event) => onType(event.currentTarget.value))}
          className={`${controlLook} h-11 pr-18`}
        />
        {canToggle && (
          <button
            type="button"
            aria-controls={field.id}
            aria-label={`${isShown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
            onClick={() => setShown(!isShown)}
            className="absolute outline-offset-0 inset-y-1 right-1 w-16 rounded-sm text-sm text-muted hover:text-ink"
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        )}
      </div>
    </Field>
  );
}
