'use client';

import { memo } from 'react';
import { GlyphShape } from '@/components/permissions/glyph';
import { lockReason, wordsOf } from './cell-words';
import type { GridColumn, GridData, GridRow } from './grid-data';
import { isIn } from './packed';
import { type CellState, cellKey, cellState, type Staged } from './staged';
import { GivenShape, TakenShape } from './staged-sign';

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
  /** The column that a narrow screen shows. */
  shown: number;
};

/** One line of the grid: an app, a model or a permission, and a cell for each column. */
export const GridLine = memo(function GridLine(props: LineProps) {
  const { data, staged, row, index, isCollapsed, tabColumn, from, to, shown } = props;
  const { kind } = row;
  const isApp = kind === 'app';
  const isDim = kind === 'permission' && isIn(data.locked, row.perms[0] ?? -1);
  return (
    <tr aria-rowindex={index + 2} data-kind={kind} data-dim={isDim || undefined}>
      <th scope="row">
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
        const Cell = kind === 'permission' ? Box : Count;
        return (
          <td
            key={column.key ?? column.name}
            data-in={(c >= from && c <= to) || undefined}
            data-shown={c === shown || undefined}
          >
            <Cell
              at={`${index}:${c}`}
              tabIndex={tabColumn === c ? 0 : -1}
              column={column}
              row={row}
              state={state}
            />
          </td>
        );
      })}
    </tr>
  );
}, isSame);

type CellProps = {
  at: string;
  tabIndex: number;
  column: GridColumn;
  row: GridRow;
  state: CellState;
};

/** A box of which one is the tab stop of all; a locked one says why. */
function Box({ at, tabIndex, column, row, state }: CellProps) {
  const { held, given, taken, isChanged, isLocked } = state;
  const aria = {
    role: 'checkbox',
    'aria-checked': held > 0,
    'aria-readonly': column.key === null || undefined,
    'aria-disabled': isLocked || undefined,
    'aria-label': `${column.name}, ${row.name}${wordsOf(state)}`,
  };
  return (
    <span
      data-at={at}
      tabIndex={tabIndex}
      {...aria}
      title={isLocked ? lockReason(row) : undefined}
      data-changed={isChanged || undefined}
      data-sign={(given > 0 && 'given') || (taken > 0 && 'taken') || undefined}
    >
      {(isChanged || held > 0) && (
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {given > 0 && <GivenShape />}
          {taken > 0 && <TakenShape />}
          {!isChanged && <GlyphShape state={state.glyph} />}
        </svg>
      )}
    </span>
  );
}

// No switch: what is done to all of them has a button that says so.
function Count({ at, tabIndex, column, row, state }: CellProps) {
  const { held, total, given, taken } = state;
  const more = state.isChanged ? `, ${given} to be given, ${taken} to be taken away` : '';
  return (
    <span
      data-at={at}
      tabIndex={tabIndex}
      role="img"
      aria-label={`${column.name}, ${row.name}, ${held} of ${total}${more}`}
      data-zero={(held === 0 && !state.isChanged) || undefined}
    >
      {`${held}/${total}`}
      {given > 0 && <ins>{` +${given}`}</ins>}
      {taken > 0 && <del>{` −${taken}`}</del>}
    </span>
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
