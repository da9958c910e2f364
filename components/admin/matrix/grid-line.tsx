'use client';

import { memo } from 'react';
import { GlyphShape } from '@/components/permissions/glyph';
import { lockReason, wordsOf } from './cell-words';
import type { GridColumn, GridData, GridRow } from './grid-data';
import { type CellState, cellKey, cellState, type Staged } from './staged';

type LineProps = {
  data: GridData;
  staged: Staged;
  row: GridRow;
  index: number;
  isCollapsed: boolean;
  /** The column that Tab enters in this line, if it is this line. */
  tabColumn: number | null;
  /** The columns of the block in this line. */
  from: number;
  to: number;
};

const indent = { app: 'pl-2 font-semibold', model: 'pl-6 text-muted', permission: 'pl-10' };

/** One line of the grid: an app, a model or a permission, and a cell for each column. */
export const GridLine = memo(function GridLine(props: LineProps) {
  const { data, staged, row, index, isCollapsed, tabColumn, from, to } = props;
  const isApp = row.kind === 'app';
  return (
    <tr aria-rowindex={index + 2} className={isApp ? 'h-9 bg-sunken' : 'h-9'}>
      <th scope="row" className={indent[row.kind]}>
        <span
          data-at={`${index}:-1`}
          tabIndex={tabColumn === -1 ? 0 : -1}
          {...(isApp && { role: 'button', 'aria-expanded': !isCollapsed })}
          title={row.code || undefined}
        >
          {isApp && <span aria-hidden="true">{isCollapsed ? '▸ ' : '▾ '}</span>}
          <bdi>{row.name}</bdi>
        </span>
      </th>
      {data.columns.map((column, c) => {
        const state = cellState(data, staged, c, row.perms);
        const isIn = c >= from && c <= to;
        return (
          <td key={column.key ?? column.name} data-in={isIn || undefined}>
            <span
              data-at={`${index}:${c}`}
              {...checkbox(column, row, state)}
              tabIndex={tabColumn === c ? 0 : -1}
            >
              <Sign row={row} state={state} />
            </span>
          </td>
        );
      })}
    </tr>
  );
}, isSame);

function Sign({ row, state }: { row: GridRow; state: CellState }) {
  if (row.kind !== 'permission') return <>{`${state.held}/${state.total}`}</>;
  if (state.held === 0 && !state.isLocked) return null;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <GlyphShape state={state.isLocked ? 'lock' : state.glyph} />
    </svg>
  );
}

// A press changes one line or two: the others need not be drawn again.
function isSame(before: LineProps, after: LineProps): boolean {
  const { data, row, staged } = after;
  const { staged: was, ...others } = before;
  const isOtherwise = Object.entries(others).some(([name, value]) => {
    return value !== Reflect.get(after, name);
  });
  if (isOtherwise || was === staged) return !isOtherwise;
  return data.columns.every((_, column) =>
    row.perms.every((place) => {
      const key = cellKey(data, column, place);
      return was.get(key) === staged.get(key);
    }),
  );
}

/** A box of which one is the tab stop of all; a locked one says why. */
function checkbox(column: GridColumn, row: GridRow, state: CellState) {
  return {
    role: 'checkbox',
    'aria-checked': checked(state),
    'aria-readonly': column.key === null || undefined,
    'aria-disabled': state.isLocked || undefined,
    'aria-label': `${column.name}, ${row.name}${wordsOf(state)}`,
    title: state.isLocked ? lockReason(row) : undefined,
    'data-changed': state.isChanged || undefined,
  };
}

function checked({ held, total }: CellState): boolean | 'mixed' {
  return held > 0 && held < total ? 'mixed' : held > 0;
}
