'use client';

import { useRouter } from 'next/navigation';
import type { MouseEvent, ReactNode } from 'react';
import type { FormField } from '@/lib/contrib/admin/form/change-form';

/** What one cell shows: text, yes or no, nothing, a time, or what a column drew itself. */
export type ShownCell =
  | string
  | boolean
  | null
  | { time: string; text: string }
  | { node: ReactNode };

export type ShownRow = { id: number | string; str: string; cells: readonly ShownCell[] };

/** A cell that is changed in the list, and what it shows where it is not. */
export type FieldCell = { field: FormField; isFirst: boolean; cell: ShownCell };

export type ListRow = Pick<ShownRow, 'id' | 'str'> & { cells: readonly (ShownCell | FieldCell)[] };

type Props = {
  columns: readonly { name: string; isLink: boolean }[];
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
export function ResultRows({ columns, rows, controlOf, canSelect, path, back }: Props) {
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
        <tr key={row.id}>
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
          {columns.map(({ name, isLink }, index) => {
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
            const content = contentOf(cell);
            return (
              <Tag
                key={name}
                scope={index === 0 ? 'row' : undefined}
                data-yes={typeof cell === 'boolean' ? cell : undefined}
                title={typeof cell === 'string' && cell.length > LONG ? cell : undefined}
              >
                {isLink ? (
                  <a href={`${path}${encodeURIComponent(row.id)}/change/${back}`} onClick={follow}>
                    {content}
                  </a>
                ) : (
                  content
                )}
              </Tag>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

function isFieldCell(cell: ShownCell | FieldCell): cell is FieldCell {
  return typeof cell === 'object' && cell !== null && 'field' in cell;
}

function contentOf(cell: ShownCell): ReactNode {
  if (typeof cell === 'string') return <bdi>{cell}</bdi>;
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (cell === null) {
    return (
      <span role="img" aria-label="empty">
        –
      </span>
    );
  }
  return 'node' in cell ? cell.node : <time dateTime={cell.time}>{cell.text}</time>;
}
