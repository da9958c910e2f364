'use client';

import { PermissionRows } from '@/components/permissions/permission-rows';
import type { PermissionTable } from '@/components/permissions/permission-table';

const modelGrid =
  'grid gap-x-10 gap-y-1 py-3 sm:grid-cols-[8rem_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)]';

/** Every permission somebody has, under its app and model, each with where it comes from. */
export function PermissionList({ permissions }: { permissions: PermissionTable }) {
  if (permissions.length === 0) {
    return (
      <p className="text-muted">
        Nothing is granted to you yet, neither by itself nor through a group.
      </p>
    );
  }
  return (
    <div className="space-y-8">
      {permissions.map(([app, models]) => (
        <div key={app}>
          <h3 className="border-b border-line pb-2">{app}</h3>
          <dl className="divide-y divide-line">
            {models.map(([model, rows]) => (
              <div key={model} className={modelGrid}>
                <dt className="text-muted first-letter:uppercase">{model}</dt>
                <dd>
                  <PermissionRows rows={rows} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}
