'use client';

import { useEffect, useRef } from 'react';
import type { FormState } from '@/lib/forms/forms';

type Props = { state: FormState; labels?: Readonly<Record<string, string>> };

/** Everything that is wrong, once, above the form; each field's error is a link to the field. */
export function ErrorSummary({ state, labels = {} }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const fields = Object.entries(state.fieldErrors).filter(([, errors]) => errors.length > 0);
  const hasErrors = fields.length > 0 || state.formErrors.length > 0;

  // Each answer of the server is a new state, so a second wrong try is announced again.
  useEffect(() => {
    if (state.formErrors.length > 0 || Object.keys(state.fieldErrors).length > 0) {
      box.current?.focus();
    }
  }, [state]);

  if (!hasErrors) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-field border border-danger/50 bg-danger-soft px-4 py-3 text-ink"
    >
      <ul className="space-y-1">
        {state.formErrors.map((error) => (
          <li key={error}>{error}</li>
        ))}
        {fields.map(([name, errors]) => (
          <li key={name}>
            <a href={`#id_${name}`} className="underline underline-offset-4">
              {`${labels[name] ?? fieldName(name)}: ${errors.join(' ')}`}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

// Errors such as "Ensure this value has at most 200 characters" do not say whose they are.
function fieldName(name: string): string {
  const [, rows, index, rest] = /^(.+?)-(\d+)(?:-(.+))?$/.exec(name) ?? [];
  if (rows !== undefined) {
    const number = Number(index) + 1;
    const row = rows === 'form' ? `Row ${number}` : `${fieldName(rows)}, row ${number}`;
    return rest === undefined ? row : `${row}, ${rest.replaceAll('_', ' ')}`;
  }
  const words = name.replace(/^related-|\d+$/g, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
