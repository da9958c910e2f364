import { Button } from '@/components/button';
import { controlLook, FieldErrors } from '@/components/forms/field';

type Props = {
  value: string;
  error?: string;
  options: readonly { perm: string; name: string }[];
};

/** Asks for one permission by its name; the address then says which. */
export function PermissionSearch({ value, error, options }: Props) {
  return (
    <form method="get" className="max-w-xl space-y-1.5">
      <label htmlFor="id_perm" className="block font-semibold">
        Permission
      </label>
      <div className="flex gap-2">
        <input
          id="id_perm"
          name="perm"
          list="all-permissions"
          defaultValue={value}
          data-search
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="app.codename"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'id_perm_error' : undefined}
          className={`${controlLook} h-10 min-w-0 font-mono text-sm`}
        />
        <datalist id="all-permissions">
          {options.map(({ perm, name }) => (
            <option key={perm} value={perm}>
              {name}
            </option>
          ))}
        </datalist>
        <Button variant="primary">Explain</Button>
      </div>
      <FieldErrors id="id_perm" errors={error ? [error] : []} />
    </form>
  );
}
