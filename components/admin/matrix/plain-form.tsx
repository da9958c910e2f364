import { isIn, type Packed } from '@/components/admin/matrix/packed';
import { RestoredTicks } from '@/components/admin/matrix/restored-ticks';
import { Button } from '@/components/button';
import { Glyph } from '@/components/permissions/glyph';
import { SendingForm } from '@/components/sending/sending-form';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { parseMatrixChanges } from '@/lib/extras/matrix/matrix-changes';
import type { MatrixApp } from '@/lib/extras/matrix/permission-matrix';

type Props = {
  apps: readonly MatrixApp[];
  /** In the order of the permissions: `1` for those that the person may not give. */
  locked: Packed;
  /** `g12` or `u7`. */
  about: string;
  held: ReadonlySet<number>;
  /** What was ticked otherwise before the review. */
  changes: string;
  mayChange: boolean;
  /** Whether the person may see who holds a permission. */
  canSeeHolders: boolean;
  action: (form: FormData) => Promise<void>;
};

/** What one group or user holds, as checkboxes: the matrix for browsers that run no scripts. */
export function PlainForm(props: Props) {
  const { apps, locked, about, held, changes, mayChange, canSeeHolders, action } = props;
  const ids = apps.flatMap(({ models }) => models.flatMap(({ permissions }) => permissions));
  const isLocked = new Map(ids.map(({ id }, i) => [id, isIn(locked, i)]));
  const asked = new Map(
    parseMatrixChanges(changes)?.map(({ permissionId, gives }) => [permissionId, gives]),
  );
  const row = (permission: CataloguedPermission) => (
    <PermissionBox
      key={permission.id}
      permission={permission}
      isTicked={asked.get(permission.id) ?? held.has(permission.id)}
      isLocked={(isLocked.get(permission.id) ?? false) && !held.has(permission.id)}
      mayChange={mayChange}
      canSeeHolders={canSeeHolders}
    />
  );
  return (
    <SendingForm
      action={action}
      failed="Not reviewed"
      isWatched={mayChange}
      isStaged={changes !== ''}
      className="space-y-8"
    >
      {mayChange && <RestoredTicks />}
      <input type="hidden" name="_about" value={about} />
      <input type="hidden" name="before" value={[...held].join(' ')} />
      {apps.map((app) => (
        <fieldset key={app.label}>
          <legend className="w-full border-b border-line pb-2 font-semibold">{app.name}</legend>
          {app.models.map((model) => (
            <div key={model.label} className="grid py-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
              <p className="text-muted">{model.name}</p>
              <div>{model.permissions.map(row)}</div>
            </div>
          ))}
        </fieldset>
      ))}
      {mayChange && (
        <Button variant="primary" name="_review" value="1">
          Review changes
        </Button>
      )}
    </SendingForm>
  );
}

type BoxProps = {
  permission: CataloguedPermission;
  isTicked: boolean;
  isLocked: boolean;
  mayChange: boolean;
  canSeeHolders: boolean;
};

function PermissionBox(props: BoxProps) {
  const { id, name } = props.permission;
  return (
    <div className="flex flex-wrap items-center gap-x-4">
      <PermissionTick {...props} />
      {props.canSeeHolders && (
        <a
          href={`/admin/auth/permission/${id}/holders/`}
          aria-label={`Who has it: ${name}`}
          className="text-muted underline-offset-4 hover:underline"
        >
          Who has it
        </a>
      )}
    </div>
  );
}

function PermissionTick({ permission: { id, perm, name }, ...box }: BoxProps) {
  return (
    <label className="flex min-h-7 items-center gap-2.5">
      <input
        type="checkbox"
        name="permissions"
        value={id}
        defaultChecked={box.isTicked}
        disabled={box.isLocked || !box.mayChange}
        className="size-4.5 accent-accent"
      />
      {name}
      {box.isLocked && <Glyph state="lock" label={`Not yours to grant: you do not hold ${perm}`} />}
    </label>
  );
}
