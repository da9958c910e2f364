'use client';

import { useState } from 'react';
import { adminControl } from '@/components/admin/form/controls';
import type { Choice } from '@/lib/contrib/admin/form/choices';

type Props = {
  id: string;
  name: string;
  choices: readonly Choice[];
  initial: readonly string[];
  /** Those that cannot be chosen. */
  locked: ReadonlySet<string>;
};

/**
 * What may be chosen on the left, what is chosen on the right, each with a filter. Enter, a double
 * click or the buttons below move what is marked.
 * Django: FilteredSelectMultiple, filter_horizontal
 */
export function TwoBoxes({ id, name, choices, initial, locked }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(initial));
  const isChosen = ([choice]: Choice) => chosen.has(String(choice));
  const add = (ids: readonly string[]) =>
    setChosen(new Set([...chosen, ...ids.filter((each) => !locked.has(each))]));
  const remove = (ids: readonly string[]) =>
    setChosen(new Set([...chosen].filter((each) => !ids.includes(each))));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {[...chosen].map((each) => (
        <input key={each} type="hidden" name={name} value={each} />
      ))}
      <Box
        id={id}
        title="Available"
        verb="Choose"
        choices={choices.filter((choice) => !isChosen(choice))}
        locked={locked}
        move={add}
      />
      <Box
        id={`${id}_chosen`}
        title="Chosen"
        verb="Remove"
        choices={choices.filter(isChosen)}
        move={remove}
      />
    </div>
  );
}

type BoxProps = {
  id: string;
  title: string;
  verb: string;
  choices: readonly Choice[];
  locked?: ReadonlySet<string>;
  move: (ids: readonly string[]) => void;
};

function Box({ id, title, verb, choices, locked, move }: BoxProps) {
  const [filter, setFilter] = useState('');
  const [marked, setMarked] = useState<readonly string[]>([]);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = choices.filter(([, text]) =>
    words.every((word) => text.toLowerCase().includes(word)),
  );
  const ids = shown.map(([choice]) => String(choice));
  const movable = marked.filter((each) => ids.includes(each));
  const moveMarked = () => {
    move(movable);
    setMarked([]);
  };
  return (
    <div className="min-w-0 space-y-2">
      <p className="flex justify-between text-muted">
        <span id={`${id}_title`}>{title}</span>
        <span role="status" className="tabular-nums">
          {filter === '' ? choices.length : `${shown.length} of ${choices.length}`}
        </span>
      </p>
      <input
        type="search"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        aria-label={`Filter ${title.toLowerCase()}`}
        placeholder="Filter"
        className={`${adminControl} h-9`}
      />
      <select
        id={id}
        multiple
        size={10}
        value={movable}
        aria-labelledby={`${id}_title`}
        onChange={(event) =>
          setMarked([...event.target.selectedOptions].map((option) => option.value))
        }
        onDoubleClick={moveMarked}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          moveMarked();
        }}
        className={`${adminControl} h-40 py-1 sm:h-56`}
      >
        {shown.map(([choice, text]) => (
          <option key={choice} value={choice} title={text} disabled={locked?.has(String(choice))}>
            {text}
          </option>
        ))}
      </select>
      <div className="flex flex-wrap gap-2">
        <MoveButton isIdle={movable.length === 0} onClick={moveMarked}>
          {movable.length > 0 ? `${verb} ${movable.length}` : verb}
        </MoveButton>
        <MoveButton isIdle={shown.length === 0} onClick={() => move(ids)}>
          {`${verb} all${filter === '' ? '' : ' shown'}`}
        </MoveButton>
      </div>
    </div>
  );
}

type MoveProps = { isIdle: boolean; onClick: () => void; children: string };

function MoveButton({ isIdle, onClick, children }: MoveProps) {
  return (
    <button
      type="button"
      aria-disabled={isIdle || undefined}
      onClick={() => isIdle || onClick()}
      className="min-h-8 rounded-field border border-edge bg-surface px-3 hover:bg-sunken aria-disabled:cursor-default aria-disabled:text-muted aria-disabled:hover:bg-surface"
    >
      {children}
    </button>
  );
}
