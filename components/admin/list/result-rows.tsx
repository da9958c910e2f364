'use client';

import { useRouter } from 'next/navigation';
import type { MouseEvent, ReactNode } from 'react';
import { RichContent } from '@/components/admin/list/rich/rich-cell';
import { RowMenu } from '@/components/admin/list/rich/row-menu';
import type { FormField } from '@/lib/contrib/admin/form/change-form';
import type { RichCell } from '@/lib/contrib/admin/list/shown/rich-cells';

/** What one cell shows: text, yes or no, nothing, a time, more than that, or what a column drew itself. */
export type ShownCell =
  | string
  | boolean
  | null
  | { time: string; text: string; title?: string }
  | RichCell
  | { node: ReactNode };

export type ShownRow = {
  id: number | string;
  str: string;
  cells: readonly ShownCell[];
  isMuted?: boolean;
  /** Which links of the menu it has, by number. */
  menu?: readonly number[];
};

/** A cell that is changed in the list, and what it shows where it is not. */
export type FieldCell = { field: FormField; isFirst: boolean; cell: ShownCell };

export type ListRow = Omit<ShownRow, 'cells'> & { cells: readonly (ShownCell | FieldCell)[] };

type Props = {
  columns: readonly { name: string; label: string; isLink: boolean; isStacked: boolean }[];
  menu: readonly { label: string; href: string }[];
  rows: readonly ListRow[];
  /** The control of a cell; null where the form around the list does not hold the row. */
  controlOf?: (row: ListRow, cell: FieldCell) => ReactNode;
  canSelect: boolean;
  /** Where the rows are, and what follows the address of one: the way back. */
  path: string;
  back: string;
};

// Beyond it the cell may be too narrow for its text.
const LONG = 24;

/**
 * The rows of a change list, drawn from their values alone: as elements of the server they would go
 * to the browser twice, and be the larger part of the time that a list takes. For the same reason a
 * row's links share one handler instead of being components.
 */
export function ResultRows({ columns, menu, rows, controlOf, canSelect, path, back }: Props) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    router.push(currentTarget.pathname + currentTarget.search);
  };
  return (
    <tbody>
      {rows.map((row) => (
        <tr
          key={row.id}
          data-muted={row.isMuted}
          data-menu={(row.menu ?? []).length > 0 || undefined}
        >
          {canSelect && (
            <td>
              <input
                type="checkbox"
                name="_selected_action"
                value={row.id}
                aria-label={`Select ${row.str}`}
              />
            </td>
          )}
          {columns.map(({ name, label, isLink, isStacked }, index) => {
            if (isStacked) return null;
            const sent = row.cells[index] ?? null;
            const Tag = index === 0 ? 'th' : 'td';
            const isField = isFieldCell(sent);
            const control = isField ? (controlOf?.(row, sent) ?? null) : null;
            if (control !== null) {
              return (
                <Tag key={name} scope={index === 0 ? 'row' : undefined}>
                  {control}
                </Tag>
              );
            }
            const cell = isField ? sent.cell : sent;
            const link = (content: ReactNode) =>
              isLink ? (
                <a href={`${path}${encodeURIComponent(row.id)}/change/${back}`} onClick={follow}>
                  {content}
                </a>
              ) : (
                content
              );
            return (
              <Tag
                key={name}
                scope={index === 0 ? 'row' : undefined}
                data-yes={typeof cell === 'boolean' ? cell : undefined}
                data-label={typeof cell === 'boolean' ? label.toLowerCase() : undefined}
                data-name={isBare(cell) ? label : undefined}
                title={typeof cell === 'string' && cell.length > LONG ? cell : undefined}
              >
                {isRich(cell) ? (
                  <RichContent cell={cell} link={isLink ? link : null} />
                ) : (
                  link(contentOf(cell))
                )}
              </Tag>
            );
          })}
          {menu.length > 0 && (
            <td>
              <RowMenu
                id={row.id}
                str={row.str}
                follow={follow}
                links={(row.menu ?? []).flatMap((each) => menu[each] ?? [])}
              />
            </td>
          )}
        </tr>
      ))}
    </tbody>
  );
}

function isFieldCell(cell: ShownCell | FieldCell): cell is FieldCell {
  return typeof cell === 'object' && cell !== null && 'field' in cell;
}

// Without a head above it, as on a phone, a number or a time says nothing by itself.
function isBare(cell: ShownCell): boolean {
  if (typeof cell === 'object' && cell !== null && 'time' in cell) return true;
  const text = isRich(cell) && cell.cell === 'sentence' ? cell.parts[0]?.text : cell;
  return typeof text === 'string' && /^[\d.,+]+$/.test(text);
}

function isRich(cell: ShownCell): cell is RichCell {
  return typeof cell === 'object' && cell !== null && 'cell' in cell;
}

function contentOf(cell: Exclude<ShownCell, RichCell>): ReactNode {
  if (typeof cell === 'string') return <bdi>{cell}</bdi>;
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (cell === null) {
    return (
      <span role="img" aria-label="none">
        –
      </span>
    );
  }
  if ('node' in cell) return cell.node;
  return (
    <time dateTime={cell.time} title={cell.title}>
      {cell.text}
    </time>
  );
}
