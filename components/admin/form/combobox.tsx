'use client';

import { type ComponentProps, type KeyboardEvent, useRef, useState } from 'react';
import { type Fetched, fetchJson } from '@/components/admin/fetch-json';
import { adminControl } from '@/components/admin/form/controls';
import { useCombobox } from '@/components/combobox/use-combobox';
import type { AutocompleteAnswer } from '@/lib/contrib/admin/search/autocomplete';

type Item = AutocompleteAnswer['results'][number];
type Props = { control: ComponentProps<'input'>; field: string; initial: Item };

// Milliseconds without a key before the server is asked.
const PAUSE = 150;

/** A text field with a list of what it may mean; what is sent is the id, or the text as it stands. */
export function Combobox({ control, field, initial }: Props) {
  const [item, setItem] = useState(initial);
  const [answer, setAnswer] = useState<Fetched<AutocompleteAnswer> | null>(null);
  const pending = useRef<{ timer?: ReturnType<typeof setTimeout>; asked: number }>({ asked: 0 });
  const { name, id, ...rest } = control;
  const found = answer?.kind === 'fetched' ? answer.value.results : null;
  const isOpen = found !== null;

  const search = (term: string) => {
    const asked = ++pending.current.asked;
    clearTimeout(pending.current.timer);
    pending.current.timer = setTimeout(async () => {
      const next = await findItems(field, term);
      if (asked !== pending.current.asked) return;
      setAnswer(next);
      combobox.restart();
    }, PAUSE);
  };
  const close = () => {
    pending.current.asked += 1;
    setAnswer(null);
  };
  const combobox = useCombobox({
    listId: `${id}_list`,
    count: found?.length ?? 0,
    isOpen,
    first: -1,
    choose: (index) => {
      setItem(found?.[index] ?? item);
      close();
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && !isOpen) search(item.text);
    if (!isOpen) return;
    combobox.onKeyDown(event);
    if (event.key !== 'Escape') return;
    close();
    event.preventDefault();
  };
  return (
    <div className="relative">
      <input type="hidden" name={name} value={item.id} />
      <input
        {...rest}
        {...combobox.input}
        id={id}
        value={item.text}
        onChange={({ target }) => {
          setItem({ id: target.value, text: target.value });
          search(target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={({ relatedTarget }) => {
          if (!(relatedTarget instanceof HTMLAnchorElement)) close();
        }}
        className={`${adminControl} h-9`}
      />
      <div
        {...combobox.list}
        role="listbox"
        aria-label="Matches"
        className="absolute z-20 mt-1 max-h-64 w-full overflow-y-auto rounded-field border border-line bg-surface py-1 shadow-md"
      >
        {found?.map((each, index) => (
          <div
            key={each.id}
            {...combobox.option(index)}
            dir="auto"
            className="cursor-pointer px-2.5 py-1.5 hover:bg-sunken aria-selected:bg-sunken"
          >
            {each.text}
          </div>
        ))}
      </div>
      <p role="status" className="text-muted">
        {answer && <Told answer={answer} />}
      </p>
    </div>
  );
}

function Told({ answer }: { answer: Fetched<AutocompleteAnswer> }) {
  if (answer.kind === 'failed') return 'The matches could not be loaded. Type on to try again.';
  if (answer.kind === 'signed out') {
    return (
      <>
        You are signed out.{' '}
        <a href="/accounts/login/" target="_blank" rel="noreferrer" className="underline">
          Sign in
        </a>{' '}
        in another tab; what you entered here stays.
      </>
    );
  }
  const { results, pagination } = answer.value;
  if (results.length === 0) return 'Nothing found.';
  if (pagination.more) return `The first ${results.length} matches. Type more to find others.`;
  return <span className="sr-only">{results.length} found</span>;
}

function findItems(field: string, term: string): Promise<Fetched<AutocompleteAnswer>> {
  const [app = '', model = '', name = ''] = field.split('.');
  const query = new URLSearchParams({ app_label: app, model_name: model, field_name: name, term });
  return fetchJson(`/admin/autocomplete/?${query}`);
}
