import { CONFIRM_FIELD } from '@/lib/contrib/auth/confirmations/step-up';

/** One's own password again, in a form that is no ActionForm; `hint` says what for. */
export function PasswordBox({ error, hint }: { error: string | undefined; hint: string }) {
  return (
    <div className="max-w-80">
      <label htmlFor="id_confirm_password">Your own password</label>
      <input
        id="id_confirm_password"
        name={CONFIRM_FIELD}
        type="password"
        autoComplete="current-password"
        aria-invalid={error !== undefined || undefined}
        aria-describedby="id_confirm_password_hint"
        className="mt-1 block min-h-10 w-full rounded-field border border-edge bg-surface px-3"
      />
      <p id="id_confirm_password_hint" className={error ? 'mt-1 text-danger' : 'mt-1 text-muted'}>
        {error ?? hint}
      </p>
    </div>
  );
}
