import type { ReactNode } from 'react';

export const controlLook =
  'block w-full rounded-field border border-edge bg-surface px-3 text-base text-ink aria-invalid:border-danger';

export type FieldProps = { name: string; label: string; hint?: string; required?: boolean };

type FrameProps = {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
  errors: string[];
  children: ReactNode;
};

/** Label above, then hint, control and what is wrong with it. */
export function Field({ id, label, hint, optional, errors, children }: FrameProps) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-semibold">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      <FieldHint id={id} hint={hint} />
      {children}
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

export function FieldHint({ id, hint }: { id: string; hint?: string }) {
  if (hint === undefined) return null;
  return (
    <p id={`${id}_hint`} className="text-sm text-muted">
      {hint}
    </p>
  );
}

export function FieldErrors({ id, errors }: { id: string; errors: string[] }) {
  if (errors.length === 0) return null;
  return (
    <ul id={`${id}_error`} className="text-sm text-danger">
      {errors.map((error) => (
        <li key={error}>{error}</li>
      ))}
    </ul>
  );
}
