'use client';

import { Name } from '@/components/name';
import type { GridColumn } from './grid-data';

// More columns than this have their names upright.
const WIDE_COLUMNS = 8;

type Props = {
  columns: readonly GridColumn[];
  /** Whether a link may leave the page: what is staged stays in this tab. */
  isLeft: boolean;
};

/** The names of the columns, which lead to the groups. They stay in sight. */
export function GridHead({ columns, isLeft }: Props) {
  const isDense = columns.length > WIDE_COLUMNS;
  return (
    <thead>
      <tr aria-rowindex={1} data-dense={isDense || undefined}>
        <th scope="col">Permission</th>
        {columns.map(({ key, name, note, href }) => (
          <th key={key ?? name} scope="col" title={`${name}${note && ` · ${note}`}`}>
            {href ? (
              <a href={href} tabIndex={-1} target={isLeft ? undefined : '_blank'}>
                <Name text={name} />
              </a>
            ) : (
              <Name text={name} />
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
