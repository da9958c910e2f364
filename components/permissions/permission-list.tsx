import { groupByModel } from '@/components/permissions/by-model';
import { type PermissionRow, PermissionRows } from '@/components/permissions/permission-rows';
import { glyphOf, sourceWords } from '@/components/permissions/source-words';
import type { HeldPermission } from '@/lib/auth/grants';

const modelGrid =
  'grid gap-x-10 gap-y-1 py-3 sm:grid-cols-[8rem_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)]';

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
                  <PermissionRows rows={model.permissions.map(rowOf)} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

function rowOf({ perm, name, sources }: HeldPermission): PermissionRow {
  return [perm, name, glyphOf(sources), sources.map(sourceWords).join(', ')];
}
