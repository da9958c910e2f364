import type { ConfirmationField } from '@/lib/contrib/auth/confirmations/confirmation';

type Props = { fields: readonly ConfirmationField[]; error: string | undefined; hint: string };

/**
 * Who one is, shown again, in a form that keeps no state: what is wrong is said by the page that it is
 * on. Drawn on the server, since the pages around it do without a form in the browser.
 */
export function StepUpPlain({ fields, error, hint }: Props) {
  return (
    <div className="max-w-96 space-y-5">
      {fields.map(({ name, label, kind, page }, i) => {
        const isSaid = i === 0 && error !== undefined;
        const describedBy = isSaid ? `id_${name}_error id_${name}_hint` : `id_${name}_hint`;
        return (
          <div key={name}>
            {page === undefined && <label htmlFor={`id_${name}`}>{label}</label>}
            <p id={`id_${name}_hint`} className="mt-1 text-muted">
              {i === 0 ? hint : 'Or this instead.'}
            </p>
            {isSaid && (
              <p id={`id_${name}_error`} role="alert" className="mt-1 text-danger">
                {error}
              </p>
            )}
            {page === undefined ? (
              <input
                id={`id_${name}`}
                name={name}
                type={kind === 'password' ? 'password' : 'text'}
                autoComplete={kind === 'password' ? 'current-password' : 'one-time-code'}
                aria-invalid={isSaid || undefined}
                aria-describedby={describedBy}
                className="mt-1 block min-h-10 w-full rounded-field border border-edge bg-surface px-3"
              />
            ) : (
              <a
                href={page}
                target="_blank"
                className="text-accent underline underline-offset-4"
                rel="noopener"
              >
                {label} in another tab, and come back
              </a>
            )}
          </div>
        );
      })}
    </div>
  );
}
