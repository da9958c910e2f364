'use client';

import { type ComponentProps, type KeyboardEvent, useRef, useState } from 'react';
import { adminControl } from '@/components/admin/form/controls';
import type { AutocompleteAnswer } from '@/lib/admin/autocomplete';

type Item = AutocompleteAnswer['results'][number];
type Props = { control: ComponentProps<'input'>; field: string; initial: Item };

// Milliseconds without a key before the server is asked.
const PAUSE = 150;

/** A text field with a list of what it may mean; what is sent is the id, or the text as it stands. */
export function Combobox({ control, field, initial }: Props) {
  const [item, setItem] = useState(initial);
  const [found, setFound] = useState<readonly Item[] | null>(null);
  const [active, setActive] = useState(-1);
  const pending = useRef<{ timer?: ReturnType<typeof setTimeout>; asked: number }>({ asked: 0 });
  const { name, id, ...rest } = control;
  const isOpen = found !== null;

  const search = (term: string) => {
    const asked = ++pending.current.asked;
    clearTimeout(pending.current.timer);
    pending.current.timer = setTimeout(async () => {
      const results = await findItems(field, term);
      if (asked !== pending.current.asked) return;
      setFound(results);
      setActive(-1);
    }, PAUSE);
  };
  const close = () => {
    pending.current.asked += 1;
    setFound(null);
  };
  const choose = (chosen: Item) => {
    setItem(chosen);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && !isOpen) search(item.text);
    if (!isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + found.length) % found.length);
    const chosen = found[active];
    if (event.key === 'Enter' && chosen) choose(chosen);
    if (event.key === 'Escape') close();
    if (step !== undefined || event.key === 'Escape' || event.key === 'Enter')
      event.preventDefault();
  };
  return (
    <div className="relative">
      <input type="hidden" name={name} value={item.id} />
      <input
        {...rest}
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        dir="auto"
        value={item.text}
        aria-expanded={isOpen}
        aria-controls={`${id}_list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${id}_${active}` : undefined}
        onChange={({ target }) => {
          setItem({ id: target.value, text: target.value });
          search(target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
        className={`${adminControl} h-9`}
      />
      <div
        id={`${id}_list`}
        role="listbox"
        aria-label="Matches"
        hidden={!isOpen}
        className="absolute z-20 mt-1 max-h-64 w-full overflow-y-auto rounded-field border border-line bg-surface py-1 shadow-md"
      >
        {found?.map((each, index) => (
          <div
            key={each.id}
            id={`${id}_${index}`}
            role="option"
            tabIndex={-1}
            dir="auto"
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(each);
            }}
            className="cursor-pointer px-2.5 py-1.5 hover:bg-sunken aria-selected:bg-sunken"
          >
            {each.text}
          </div>
        ))}
      </div>
      <p role="status" className="text-muted">
        {found?.length === 0 && 'Nothing found.'}
        <span className="sr-only">{found && found.length > 0 && `${found.length} found`}</span>
      </p>
    </div>
  );
}

async function findItems(field: string, term: string): Promise<readonly Item[]> {
  const [app = '', model = '', name = ''] = field.split('.');
  const query = new URLSearchParams({ app_label: app, model_name: model, field_name: name, term });
  const response = await fetch(`/admin/autocomplete/?${query}`);
  if (!response.ok) return [];
  const { results }: AutocompleteAnswer = await response.json();
  return results;
}
