'use client';

import type { ReactNode } from 'react';

/** Which permissions are shown. */
export type Show = 'all' | 'granted' | 'changed' | 'mine';

const choices: [Show, string][] = [
  ['all', 'All permissions'],
  ['granted', 'Only granted'],
  ['changed', 'Only changed'],
  ['mine', 'Only mine to grant'],
];

const control = 'min-h-9 rounded-field border border-edge bg-surface px-3';

type Props = {
  query: string;
  setQuery: (query: string) => void;
  show: Show;
  setShow: (show: Show) => void;
  children: ReactNode;
};

/** The filter above the grid. */
export function GridTools({ query, setQuery, show, setShow, children }: Props) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <label className="flex items-center gap-2">
        <span>Filter</span>
        <input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className={`${control} w-56`}
        />
      </label>
      <label>
        <span className="sr-only">Show</span>
        <select
          value={show}
          onChange={({ target }) => {
            setShow(choices.find(([value]) => value === target.value)?.[0] ?? 'all');
          }}
          className={control}
        >
          {choices.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <span className="flex flex-wrap gap-x-4 text-muted">{children}</span>
    </div>
  );
}
