'use client';

import { FieldErrors } from '@/components/forms/field';
import { useField } from '@/components/forms/form-state';
import type { OfferedPermissions } from '@/lib/extras/tokens/offered-permissions';

/** What one holds, to be ticked: each is a value of `permissions`. */
export function PermissionTicks({ offered }: { offered: OfferedPermissions }) {
  const { id, errors, value = '' } = useField('permissions');
  const ticked = new Set(value.split(' '));
  return (
    <fieldset
      id={id}
      aria-describedby={errors.length > 0 ? `${id}_error` : undefined}
      className="space-y-3"
    >
      <legend className="font-semibold">What it may do</legend>
      <FieldErrors id={id} errors={errors} />
      {offered.length === 0 && <p className="text-muted">You hold no permission to give it.</p>}
      {offered.map(({ app, permissions }) => (
        <div key={app} className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <p className="text-sm text-muted">{app}</p>
          <ul className="space-y-1.5">
            {permissions.map(({ perm, name }) => (
              <li key={perm}>
                <label className="flex min-h-6 items-center gap-2.5">
                  <input
                    type="checkbox"
                    name="permissions"
                    value={perm}
                    defaultChecked={ticked.has(perm)}
                    className="size-4.5 shrink-0 accent-accent"
                  />
                  <span className="min-w-0 wrap-anywhere">
                    {name} <code className="text-sm text-muted">{perm}</code>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </fieldset>
  );
}
