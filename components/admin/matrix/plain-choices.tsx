import { Name } from '@/components/name';
import { Glyph } from '@/components/permissions/glyph';
import type { GroupColumn, MatrixApp } from '@/lib/extras/matrix/permission-matrix';

type Props = {
  groups: readonly GroupColumn[];
  apps: readonly MatrixApp[];
  /** Whether they were chosen to be compared. */
  isChosen: boolean;
};

/** The groups, each with a form of its own, for browsers that run no scripts; and two side by side. */
export function PlainChoices({ groups, apps, isChosen }: Props) {
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
      {isChosen && groups.length === 2 && <PlainComparison groups={groups} apps={apps} />}
    </noscript>
  );
}

/** The permissions in which groups differ. */
function PlainComparison({ groups, apps }: Pick<Props, 'groups' | 'apps'>) {
  const all = apps.flatMap(({ models }) => models.flatMap(({ permissions }) => permissions));
  const differing = all.filter(
    ({ id }) => new Set(groups.map(({ held }) => held.has(id))).size > 1,
  );
  if (differing.length === 0) return <p className="mt-6">Both hold the same permissions.</p>;
  return (
    <table className="mt-6">
      <caption className="text-start font-semibold">Where they differ</caption>
      <thead>
        <tr>
          <th scope="col" className="pe-6 text-start">
            Permission
          </th>
          {groups.map(({ id, name }) => (
            <th key={id} scope="col" className="px-3">
              <Name text={name} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {differing.map((permission) => (
          <tr key={permission.id} className="border-t border-line">
            <th scope="row" className="py-1 pe-6 text-start font-normal">
              {permission.name} <code className="text-muted">{permission.perm}</code>
            </th>
            {groups.map(({ id, held }) => (
              <td key={id} className="px-3 text-center">
                <Glyph state={held.has(permission.id) ? 'granted' : 'empty'} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
