import { Name } from '@/components/name';
import type { GroupColumn } from '@/lib/extras/matrix/permission-matrix';

/** The groups, each with a form of its own, for browsers that run no scripts. */
export function PlainChoices({ groups }: { groups: readonly GroupColumn[] }) {
  return (
    <noscript>
      <p className="mb-3 text-muted">Without JavaScript one group is changed at a time.</p>
      <ul className="space-y-1">
        {groups.map(({ id, name, members, held }) => (
          <li key={id}>
            <a href={`?group=${id}`} className="text-accent underline underline-offset-4">
              <Name text={name} />
            </a>
            {`, ${held.size} permissions, ${members} ${members === 1 ? 'member' : 'members'}`}
          </li>
        ))}
      </ul>
    </noscript>
  );
}
