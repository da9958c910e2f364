import { groupByModel } from '@/components/permissions/by-model';
import { Glyph } from '@/components/permissions/glyph';
import { glyphOf, sourceWords } from '@/components/permissions/source-words';

import type { HeldPermission } from '@/lib/auth/grants';

const modelGrid =
  'grid gap-x-10 gap-y-1 py-3 sm:grid-cols-[8rem_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)]';
const rowGrid =
  'grid grid-cols-[1.5rem_minmax(0,1fr)] lg:grid-cols-[1.5rem_minmax(0,1fr)_17rem_9rem] lg:gap-x-3';

/** Every permission somebody has, under its app and model, each with where it comes from. */
export function PermissionList({ permissions }: { permissions: HeldPermission[] }) {
  if (permissions.length === 0) {
    return (
      <p className="text-muted">
        Nothing is granted to you yet, neither by itself nor through a group.
      </p>
    );
  }
  return (
    <div className="space-y-8">
      {groupByModel(permissions).map((app) => (
        <div key={app.label}>
          <h3 className="border-b border-line pb-2">{app.name}</h3>
          <dl className="divide-y divide-line">
            {app.models.map((model) => (
              <div key={model.label} className={modelGrid}>
                <dt className="text-muted first-letter:uppercase">{model.name}</dt>
                <dd>
                  <ul className="space-y-2 lg:space-y-1">
                    {model.permissions.map((permission) => (
                      <PermissionRow key={permission.perm} permission={permission} />
                    ))}
                  </ul>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

function PermissionRow({ permission: { perm, name, sources } }: { permission: HeldPermission }) {
  return (
    <li className={rowGrid}>
      <span className="row-span-3 flex h-6 items-center lg:row-span-1">
        <Glyph state={glyphOf(sources)} />
      </span>
      <span className="leading-6">{name}</span>
      <code className="text-sm text-muted lg:leading-6">{perm}</code>
      <span className="text-sm text-muted lg:leading-6">
        <span className="sr-only">from </span>
        {sources.map(sourceWords).join(', ')}
      </span>
    </li>
  );
}
