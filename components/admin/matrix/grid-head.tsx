'use client';

import { Name } from '@/components/name';
import type { GridData } from './grid-data';

type Props = {
  data: GridData;
  /** Whether a link may leave the page: what is staged stays in this tab. */
  isLeft: boolean;
  /** The column that a narrow screen shows. */
  shown: number;
};

/** The names of the columns, which lead to the groups and to their members. They stay in sight. */
export function GridHead({ data: { columns, membersHref }, isLeft, shown }: Props) {
  const target = isLeft ? undefined : '_blank';
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">Permission</th>
        {columns.map(({ key, name, note, href, groupId }, c) => (
          <th
            key={key ?? name}
            scope="col"
            title={`${name}${note && ` · ${note}`}`}
            data-shown={c === shown || undefined}
          >
            {href ? (
              <a href={href} tabIndex={-1} target={target}>
                <Name text={name} />
              </a>
            ) : (
              <Name text={name} />
            )}
            {groupId !== undefined && membersHref ? (
              <a href={`${membersHref}${groupId}`} tabIndex={-1} target={target}>
                {note}
              </a>
            ) : (
              <small>{note}</small>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
