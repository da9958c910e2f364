'use client';

import { useRouter } from 'next/navigation';
import type { MouseEvent, ReactNode } from 'react';

/** What one cell shows: text, yes or no, nothing, a time, or what a column drew itself. */
export type ShownCell =
  | string
  | boolean
  | null
  | { time: string; text: string }
  | { node: ReactNode };

export type ShownRow = { id: number | string; str: string; cells: readonly ShownCell[] };

type Props = {
  columns: readonly { name: string; isLink: boolean }[];
  rows: readonly ShownRow[];
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
export function ResultRows({ columns, rows, canSelect, path, back }: Props) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    router.push(currentTarget.pathname + currentTarget.search);
  };
  return (
    <tbody>
      {rows.map(({ id, str, cells }) => (
        <tr key={id}>
          {canSelect && (
            <td>
              <input
                type="checkbox"
                name="_selected_action"
                value={id}
                aria-label={`Select ${str}`}
              />
            </td>
          )}
          {columns.map(({ name, isLink }, index) => {
            const cell = cells[index] ?? null;
            const Tag = index === 0 ? 'th' : 'td';
            const content = contentOf(cell);
            return (
              <Tag
                key={name}
                scope={index === 0 ? 'row' : undefined}
                data-yes={typeof cell === 'boolean' ? cell : undefined}
                title={typeof cell === 'string' && cell.length > LONG ? cell : undefined}
              >
                {isLink ? (
                  <a href={`${path}${encodeURIComponent(id)}/change/${back}`} onClick={follow}>
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
