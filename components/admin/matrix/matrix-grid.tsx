'use client';

import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { isIn } from '@/components/admin/matrix/packed';
import { RestoredNotice, useRestored } from '@/components/drafts/restored';
import { SendingForm } from '@/components/sending/sending-form';
import { type GridData, permissionsIn, rowsOf } from './grid-data';
import { GridHead } from './grid-head';
import { GridLine } from './grid-line';
import { GridTools, type Show } from './grid-tools';
import { useKeptChanges } from './kept-changes';
import { SaveBar } from './save-bar';
import { SidePanel } from './side/side-panel';
import { cellKey, changesText, elsewhereIn, isHeld, isStored, stagedFrom, toggled } from './staged';
import { type Place, ROW_HEIGHT, useGrid } from './use-grid';

type Props = {
  data: GridData;
  /** `u7` when the matrix is one user's, else the query of the part that is shown. */
  about: string;
  /** What was staged before, when somebody comes back from the review. */
  changes: string;
  /** The name under which the tab keeps what is staged for the next part that it loads. */
  keep: string;
  /** What the permissions are filtered by at first. */
  query?: string;
  show?: Show;
  legend: ReactNode;
  action: (form: FormData) => Promise<void>;
};

const gridRole = { role: 'grid', 'aria-label': 'Permissions', 'aria-multiselectable': true };

/** The permission matrix: changes are staged here, and sent to be reviewed. */
export function MatrixGrid(props: Props) {
  const kept = useRestored(true)?.['changes'];
  return (
    <>
      {kept !== undefined && <RestoredNotice isText={false} />}
      <StagingGrid {...props} key={kept ?? 'drawn'} changes={kept ?? props.changes} />
    </>
  );
}

function StagingGrid({ data, about, changes, keep, legend, action, ...first }: Props) {
  const permissions = useMemo(() => permissionsIn(data.apps), [data]);
  const [staged, setStaged] = useState(() => stagedFrom(data, changes, permissions));
  const [elsewhere, setElsewhere] = useState(() => elsewhereIn(data, changes, permissions));
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [query, setQuery] = useState(first.query ?? '');
  const [show, setShow] = useState<Show>(first.show ?? 'all');
  const [shownColumn, setShownColumn] = useState(0);
  const text = [...elsewhere, changesText(data, staged, permissions)].filter(Boolean).join(' ');
  useKeptChanges(keep, text, (kept) => {
    setStaged(stagedFrom(data, kept, permissions));
    setElsewhere(elsewhereIn(data, kept, permissions));
  });

  const stagedForRows = show === 'changed' || show === 'granted' ? staged : null;
  const rows = useMemo(() => {
    const columns = data.columns.map((_, column) => column);
    const isWanted = (place: number) =>
      show === 'all' ||
      (show === 'mine' && !isIn(data.locked, place)) ||
      (show === 'differ' && new Set(columns.map((_, at) => isStored(data, at, place))).size > 1) ||
      (stagedForRows !== null &&
        columns.some((column) =>
          show === 'changed'
            ? stagedForRows.has(cellKey(data, column, place))
            : isHeld(data, stagedForRows, column, place),
        ));
    return rowsOf(data.apps, { query, collapsed, isWanted });
  }, [data, query, collapsed, show, stagedForRows]);
  const grid = useGrid(rows.length, data.columns.length);
  const { from, to } = grid.shown;
  useReturn(changes !== '', grid.focus);
  const row = rows[grid.place.row];
  const panel = useRef<HTMLElement>(null);

  function collapse(app: number) {
    const next = new Set(collapsed);
    if (!next.delete(app)) next.add(app);
    setCollapsed(next);
  }

  function press({ row, column }: Place, rowsTo = row, columnsTo = column) {
    const pressed = rows[row];
    if (column === -1) {
      if (pressed?.kind === 'app') collapse(pressed.app);
      return;
    }
    const lines = rows.slice(row, rowsTo + 1).filter(({ kind }) => kind === 'permission');
    const places = new Set(lines.flatMap(({ perms }) => perms));
    const columns = data.columns.map((_, i) => i).filter((i) => i >= column && i <= columnsTo);
    setStaged(toggled(data, staged, columns, [...places]));
  }

  function onClick({ target }: MouseEvent) {
    const at =
      target instanceof Element ? target.closest('td,th')?.querySelector('[data-at]') : null;
    const [row, column] = at?.getAttribute('data-at')?.split(':').map(Number) ?? [];
    if (row === undefined || column === undefined) return;
    grid.enter({ row, column });
    press({ row, column });
  }

  function discard() {
    setStaged(new Map());
    setElsewhere([]);
    grid.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.currentTarget.closest('form')?.requestSubmit();
    } else if (event.key === ' ' || event.key === 'Enter') {
      const { rows: lines, columns, isOpen } = grid.block;
      // The switch for all of a model or an app stands beside, and says what it does.
      const several = panel.current?.querySelector<HTMLElement>('[data-bulk]');
      if (!isOpen && several && row?.kind !== 'permission') several.focus();
      press({ row: lines.low, column: columns.low }, lines.high, columns.high);
    } else if (!grid.move(event)) return;
    event.preventDefault();
  }

  return (
    <SendingForm
      action={action}
      failed="Not reviewed"
      notice="inside"
      isWatched
      isStaged={text !== ''}
      className="[@media(scripting:none)]:hidden"
    >
      <input type="hidden" name="_about" value={about} />
      <input type="hidden" name="changes" value={text} />
      <GridTools
        {...{ query, setQuery, show, setShow }}
        columns={data.columns}
        shown={shownColumn}
        setShown={setShownColumn}
      >
        {`${permissions.length} permissions`}
        <button
          type="button"
          className="text-muted underline underline-offset-4"
          onClick={() => setCollapsed(new Set(collapsed.size > 0 ? [] : data.apps.keys()))}
        >
          {collapsed.size > 0 ? 'Unfold all apps' : 'Fold all apps'}
        </button>
      </GridTools>
      <div className="matrix-beside">
        <div ref={grid.scroller} onScroll={grid.look} className="matrix">
          <table
            {...gridRole}
            aria-rowcount={rows.length + 1}
            onClick={onClick}
            onKeyDown={onKeyDown}
          >
            <GridHead data={data} isLeft={staged.size === 0} shown={shownColumn} />
            <Spacer rows={from} />
            <tbody>
              {rows.slice(from, to).map((row, i) => {
                const index = from + i;
                const isIn =
                  grid.block.isOpen &&
                  index >= grid.block.rows.low &&
                  index <= grid.block.rows.high;
                return (
                  <GridLine
                    key={row.key}
                    data={data}
                    staged={staged}
                    row={row}
                    index={index}
                    isCollapsed={query === '' && collapsed.has(row.app)}
                    tabColumn={index === grid.tabRow ? grid.place.column : null}
                    from={isIn ? grid.block.columns.low : -2}
                    to={isIn ? grid.block.columns.high : -2}
                    shown={shownColumn}
                  />
                );
              })}
            </tbody>
            <Spacer rows={rows.length - to} />
          </table>
          {rows.length === 0 && <p className="p-4 text-muted">No permission matches the filter.</p>}
        </div>
        <aside ref={panel} aria-label="The chosen cell" className="matrix-panel">
          <div className="space-y-3">
            <SidePanel
              data={data}
              staged={staged}
              row={row}
              permission={permissions[row?.perms[0] ?? -1]}
              column={grid.place.column}
              stage={(column, places) => setStaged(toggled(data, staged, [column], places))}
            />
          </div>
          {legend}
        </aside>
      </div>
      <SaveBar staged={staged} elsewhere={elsewhere} discard={discard} />
    </SendingForm>
  );
}

/** Who comes back from the review is where the keyboard was. */
function useReturn(isReturned: boolean, focus: () => void): void {
  const latest = useRef(focus);
  useEffect(() => {
    if (isReturned && document.activeElement === document.body) latest.current();
  }, [isReturned]);
}

/** The room of lines that are not drawn. No style attribute: the policy forbids them. */
function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr>
        <td>
          <svg width="1" height={rows * ROW_HEIGHT} aria-hidden="true" />
        </td>
      </tr>
    </tbody>
  );
}
