'use client';

import { wordsOf } from '@/components/admin/matrix/cell-words';
import type { GridData, GridPermission, GridRow } from '@/components/admin/matrix/grid-data';
import { bulkOf, cellState, isStored, type Staged } from '@/components/admin/matrix/staged';
import { Button } from '@/components/button';
import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import { CellEffect } from './cell-effect';
import { useCellFacts } from './use-cell-facts';

type Props = {
  data: GridData;
  staged: Staged;
  row: GridRow | undefined;
  permission: GridPermission | undefined;
  column: number;
  /** Stage the same for several cells of one column. */
  stage: (column: number, places: readonly number[]) => void;
};

/** Where one is in the grid: who has it, why, what a change does, and what can be done to several. */
export function SidePanel({ data, staged, row, permission, column, stage }: Props) {
  const place = row?.kind === 'permission' ? row.perms[0] : undefined;
  const here = data.columns[column];
  const isHeldNow = place !== undefined && isStored(data, column, place);
  const change =
    here?.key && permission && place !== undefined
      ? `${here.key}${isHeldNow ? '-' : '+'}${permission.id}`
      : null;
  const facts = useCellFacts(change);
  if (!row || !permission || (place === undefined && !here?.key)) {
    return (
      <p className="text-muted">Choose a cell to see who has it, why, and what a change does.</p>
    );
  }
  if (place === undefined) return <Several {...{ data, staged, row, column, stage }} />;
  const { userId, canSeeHolders } = data;
  const state = here ? cellState(data, staged, column, row.perms) : null;
  const isHeld = userId !== null && cellState(data, staged, 0, row.perms).held > 0;
  const reasonsHref = data.columns.find(({ isResult }) => isResult)?.href ?? '';
  // What is staged stays in this tab.
  const target = staged.size > 0 ? '_blank' : undefined;
  return (
    <>
      <p>
        {here && (
          <>
            <Name className="font-semibold" text={here.name} />,{' '}
          </>
        )}
        <Name text={permission.name} /> <code className="text-muted">{permission.perm}</code>
        {state && `, ${state.held > 0 ? 'held' : 'not held'}${wordsOf(state)}`}
      </p>
      {here?.groupId !== undefined && isHeldNow && (
        <p className="text-muted">
          {`${here.note} of this group ${here.note === '1 member' ? 'has' : 'have'} it through it.`}
        </p>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1 empty:hidden">
        {userId !== null && (
          <TextLink
            href={`${reasonsHref}?perm=${encodeURIComponent(permission.perm)}`}
            prefetch={false}
            target={target}
          >
            {isHeld ? 'Why' : 'Why not'}
          </TextLink>
        )}
        {canSeeHolders && (
          <TextLink
            href={`/admin/auth/permission/${permission.id}/holders/`}
            prefetch={false}
            target={target}
          >
            Who has it
          </TextLink>
        )}
      </p>
      {facts && (
        <CellEffect facts={facts} gives={!isHeldNow} isStaged={state?.isChanged ?? false} />
      )}
    </>
  );
}

type SeveralProps = Pick<Props, 'data' | 'staged' | 'column' | 'stage'> & { row: GridRow };

/** The switch for all permissions of a model or an app, which says what it does. */
function Several({ data, staged, row, column, stage }: SeveralProps) {
  const { held, total } = cellState(data, staged, column, row.perms);
  const { gives, places } = bulkOf(data, staged, column, row.seen);
  const name = data.columns[column]?.name ?? '';
  const all = row.seen.length < row.perms.length ? 'shown ' : '';
  return (
    <>
      <p>
        <Name className="font-semibold" text={name} />, <Name text={row.name} />
        {`: ${held} of ${total} held`}
      </p>
      {places.length > 0 && (
        <p>
          <Button
            type="button"
            data-bulk
            className="min-h-9! text-start"
            onClick={() => stage(column, places)}
          >
            {gives
              ? `Give ${places.length} ${all}of ${row.name}`
              : `Take ${places.length} ${all}of ${row.name} away`}
          </Button>
        </p>
      )}
      <p className="text-muted">
        {places.length > 0
          ? 'It is only marked, until you have reviewed it.'
          : 'Nothing of it is yours to change.'}
      </p>
    </>
  );
}
