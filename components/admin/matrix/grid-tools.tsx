'use client';

import type { ReactNode } from 'react';
import type { GridColumn } from './grid-data';
import { control, VIEW_FORM } from './view/view-names';

/** Which permissions are shown. */
export type Show = 'all' | 'granted' | 'changed' | 'mine' | 'differ';

const choices: [Show, string][] = [
  ['all', 'All permissions'],
  ['granted', 'Only granted'],
  ['changed', 'Only changed'],
  ['mine', 'Only mine to grant'],
  ['differ', 'Only where groups differ'],
];

type Props = {
  query: string;
  setQuery: (query: string) => void;
  show: Show;
  setShow: (show: Show) => void;
  columns: readonly GridColumn[];
  /** The column that a narrow screen shows. */
  shown: number;
  setShown: (column: number) => void;
  children: ReactNode;
};

/** The filter above the grid; Enter in it looks through all pages of permissions. */
export function GridTools(props: Props) {
  const { query, setQuery, show, setShow, columns, shown, setShown, children } = props;
  const offered = choices.filter(([value]) => value !== 'differ' || columns.length > 1);
  return (
    <div className="matrix-tools mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <label className="flex items-center gap-2">
        <span>Filter</span>
        <input
          type="search"
          name="perms"
          form={VIEW_FORM}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className={`${control} w-56`}
        />
      </label>
      <label>
        <span className="sr-only">Show</span>
        <select
          name="show"
          form={VIEW_FORM}
          value={show}
          onChange={({ target }) => {
            setShow(choices.find(([value]) => value === target.value)?.[0] ?? 'all');
          }}
          className={control}
        >
          {offered.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="flex w-full items-center gap-2 sm:hidden">
        <span>Column</span>
        <select
          value={shown}
          onChange={({ target }) => setShown(Number(target.value))}
          className={`${control} min-w-0 flex-1`}
        >
          {columns.map(({ key, name, note }, i) => (
            <option key={key ?? name} value={i}>
              {`${name}, ${note}`}
            </option>
          ))}
        </select>
      </label>
      <span className="flex flex-wrap gap-x-4 text-muted">{children}</span>
    </div>
  );
}
