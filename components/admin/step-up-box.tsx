import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = { fields: readonly ConfirmationField[]; error: string | undefined; hint: string };

/** Who one is, shown again, in a form that is no ActionForm; `hint` says what for. */
export function StepUpBox({ fields, error, hint }: Props) {
  return (
    <div className="max-w-80 space-y-4">
      {fields.map(({ name, label, kind }, i) => (
        <div key={name}>
          <label htmlFor={`id_${name}`}>{label}</label>
          <input
            id={`id_${name}`}
            name={name}
            type={kind === 'password' ? 'password' : 'text'}
            autoComplete={kind === 'password' ? 'current-password' : 'one-time-code'}
            aria-invalid={error !== undefined || undefined}
            aria-describedby="step-up-hint"
            className="mt-1 block min-h-10 w-full rounded-field border border-edge bg-surface px-3"
          />
          {i === 0 && (
            <p id="step-up-hint" className={error ? 'mt-1 text-danger' : 'mt-1 text-muted'}>
              {error ?? hint}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}
