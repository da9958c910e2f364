import type { PermissionRow } from '@/components/permissions/permission-rows';
import { glyphOf, sourceWords } from '@/components/permissions/source-words';
import { groupByModel } from '@/lib/contrib/auth/permissions/by-model';
import type { HeldPermission } from '@/lib/contrib/auth/permissions/sources';

type ModelRows = readonly [model: string, rows: readonly PermissionRow[]];

/** Permissions as they travel to PermissionList: by app and model, under the names people read. */
export type PermissionTable = readonly (readonly [app: string, models: readonly ModelRows[]])[];

/** The table of what somebody holds, in the order given. */
export function tableOf(permissions: readonly HeldPermission[]): PermissionTable {
  return groupByModel(permissions).map(({ name, models }) => [
    name,
    models.map((model): ModelRows => [model.name, model.permissions.map(rowOf)]),
  ]);
}

function rowOf({ perm, name, sources }: HeldPermission): PermissionRow {
  return [perm, name, glyphOf(sources), sources.map(sourceWords).join(', ')];
}
