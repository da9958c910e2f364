import type { KeyboardEvent } from 'react';
import { useState } from 'react';

type Options = {
  /** Of the list; an option's is the same with its number. */
  listId: string;
  count: number;
  isOpen: boolean;
  /** The option that is active when the list is new; -1 for none. */
  first: number;
  choose: (index: number) => void;
};

/**
 * A field with a list of options, as assistive technology and the keyboard know it: arrows move
 * through the options and around, Enter chooses, and the field keeps the focus.
 * WAI-ARIA APG: combobox with a listbox popup
 */
export function useCombobox({ listId, count, isOpen, first, choose }: Options) {
  const [active, setActive] = useState(first);
  const idOf = (index: number) => `${listId}_${index}`;
  const hasActive = isOpen && active >= 0 && active < count;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    if (step !== undefined && count > 0) setActive((active + step + count) % count);
    if (step === undefined && hasActive) choose(active);
    event.preventDefault();
  };
  return {
    active,
    /** Call it when the options are others. */
    restart: () => setActive(first),
    /** For a list that is open; what else a key does is the field's own. */
    onKeyDown,
    input: {
      type: 'text',
      role: 'combobox',
      autoComplete: 'off',
      dir: 'auto',
      'aria-expanded': isOpen,
      'aria-controls': listId,
      'aria-autocomplete': 'list',
      'aria-activedescendant': hasActive ? idOf(active) : undefined,
    } as const,
    list: { id: listId, hidden: !isOpen },
    option: (index: number) => ({
      id: idOf(index),
      role: 'option' as const,
      tabIndex: -1,
      'aria-selected': index === active,
      onMouseDown: (event: { preventDefault(): void }) => {
        event.preventDefault();
        choose(index);
      },
    }),
  };
}
