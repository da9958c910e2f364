'use client';

import { Name } from '@/components/name';
import { TextLink } from '@/components/text-link';
import { wordsOf } from './cell-words';
import type { GridData, GridPermission, GridRow } from './grid-data';
import { cellState, type Staged } from './staged';

type Props = {
  data: GridData;
  staged: Staged;
  row: GridRow | undefined;
  permission: GridPermission | undefined;
  column: number;
};

/** Where one is in the grid, in words, and the ways to the reasons and to everybody else. */
export function CellDetails({ data, staged, row, permission, column }: Props) {
  const { userId, canSeeHolders } = data;
  const reasonsHref = data.columns.find(({ isResult }) => isResult)?.href ?? '';
  const hasLinks = userId !== null || canSeeHolders;
  if (!row || !permission || row.kind !== 'permission') {
    return (
      <p className="w-full text-muted">
        {hasLinks && 'Choose a permission or a cell to see who has it, and why.'}
      </p>
    );
  }
  const name = data.columns[column]?.name;
  const state = name === undefined ? null : cellState(data, staged, column, row.perms);
  const isHeld = userId !== null && cellState(data, staged, 0, row.perms).held > 0;
  // What is staged stays in this tab.
  const target = staged.size > 0 ? '_blank' : undefined;
  return (
    <p className="flex w-full flex-wrap gap-x-4 gap-y-1">
      <span className="min-w-0">
        {name !== undefined && (
          <>
            <Name className="font-semibold" text={name} />,{' '}
          </>
        )}
        <Name text={permission.name} /> <code className="text-muted">{permission.perm}</code>
        {state && `, ${state.held > 0 ? 'held' : 'not held'}${wordsOf(state)}`}
      </span>
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
  );
}
