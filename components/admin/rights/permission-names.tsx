import type { ReactNode } from 'react';

// More than these are opened.
const MOST_OPEN = 6;

type Props = { permissions: readonly { perm: string; name: string }[]; before?: ReactNode };

/** Permissions by their names, with what code calls them behind; many of them to be opened. */
export function PermissionNames({ permissions, before }: Props) {
  const list = (
    <ul className="space-y-1">
      {permissions.map(({ perm, name }) => (
        <li key={perm} className="break-words">
          {before}
          {name} <code className="text-xs text-muted">{perm}</code>
        </li>
      ))}
    </ul>
  );
  if (permissions.length <= MOST_OPEN) return list;
  return (
    <details>
      <summary className="cursor-pointer font-semibold">
        {before}
        {`${permissions.length} permissions`}
      </summary>
      <div className="mt-1">{list}</div>
    </details>
  );
}
