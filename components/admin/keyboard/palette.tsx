'use client';

import { useEffect, useRef, useState } from 'react';
import { type Fetched, fetchJson } from '@/components/admin/fetch-json';
import { helpOfPage } from '@/components/admin/keyboard/help';
import { PALETTE_FIELD, PALETTE_LABEL } from '@/components/admin/keyboard/palette-field';
import { keepRecent, recentsOf } from '@/components/admin/keyboard/recents';
import { useCombobox } from '@/components/combobox/use-combobox';
import type { PaletteItem } from '@/lib/apps/define-config';

type Item = Pick<PaletteItem, 'label' | 'detail'> & { kind: string; act: () => void };
type Answer = { items: PaletteItem[]; recents: string[] };
type Props = {
  who: string;
  /** What was typed before this was here. */
  typed: string;
  onClose: () => void;
  /** Goes to an address, once the palette is closed. */
  jump: (href: string) => void;
};

// Milliseconds without a key before the server is asked.
const PAUSE = 100;

/** A field that finds pages, people, permissions and deeds, and a list to choose from. */
export function Palette({ who, typed, onClose, jump }: Props) {
  const [found, setFound] = useState<Answer>({ items: [], recents: [] });
  const [query, setQuery] = useState(typed);
  const [hasFailed, setFailed] = useState(false);
  const pending = useRef<AbortController | null>(null);

  const ask = (text: string, pause: number) => {
    pending.current?.abort();
    const asking = new AbortController();
    pending.current = asking;
    setQuery(text);
    void findItems({ who, text, pause }, asking.signal).then((answer) => {
      if (asking.signal.aborted) return;
      setFailed(answer.kind === 'failed');
      // Drawn anew, the page leads to sign-in and back.
      if (answer.kind === 'signed out') window.location.reload();
      if (answer.kind !== 'fetched') return;
      setFound(answer.value);
      combobox.restart();
    });
  };
  const first = useRef(() => ask(typed, 0));
  useEffect(() => {
    // A key may have come before this.
    if (!pending.current) first.current();
    return () => pending.current?.abort();
  }, []);

  const goTo = ({ href, ...item }: PaletteItem, kind: string = item.kind): Item => ({
    ...item,
    kind,
    act: () => {
      onClose();
      keepRecent(who, { href, ...item });
      jump(href);
    },
  });
  const isRecent = ({ href }: PaletteItem) => found.recents.includes(href);
  const items = [
    ...recentsOf(who)
      .filter(isRecent)
      .map((item) => goTo(item, 'Recent')),
    ...found.items.filter((item) => !isRecent(item)).map((item) => goTo(item)),
    ...ownDeeds(query.trim().toLowerCase(), onClose),
  ];
  const combobox = useCombobox({
    listId: 'palette-items',
    count: items.length,
    isOpen: items.length > 0,
    first: 0,
    choose: (index) => items[index]?.act(),
  });
  return (
    <>
      <input
        {...combobox.input}
        ref={takeOver}
        aria-label={PALETTE_LABEL}
        spellCheck={false}
        placeholder="ada, sessions ada, publish, why ada publish"
        value={query}
        onChange={({ target }) => ask(target.value, PAUSE)}
        onKeyDown={combobox.onKeyDown}
        className={PALETTE_FIELD}
      />
      <ItemList items={items} combobox={combobox} />
      <p role="status" className="px-4 py-2.5 text-muted">
        {statusText(items.length, hasFailed)}
      </p>
    </>
  );
}

// The field that was here before had the focus.
function takeOver(field: HTMLInputElement | null): void {
  if (!field || field === document.activeElement) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

const THEMES = ['system', 'light', 'dark'];

function ownDeeds(query: string, onClose: () => void): Item[] {
  const help = helpOfPage();
  const act = (label: string, what: () => void) => ({
    kind: 'Action',
    label,
    detail: '',
    act: () => {
      onClose();
      what();
    },
  });
  const deeds = [
    act('Sign out', signOut),
    ...(help ? [act('Keyboard shortcuts', help)] : []),
    ...(query === '' ? [] : THEMES.map((theme) => act(`Theme: ${theme}`, () => setTheme(theme)))),
  ];
  return deeds.filter(({ label }) => label.toLowerCase().includes(query));
}

type ListProps = { items: readonly Item[]; combobox: ReturnType<typeof useCombobox> };

function ItemList({ items, combobox }: ListProps) {
  return (
    <div
      {...combobox.list}
      role="listbox"
      aria-label="Found"
      className="max-h-[50dvh] overflow-y-auto border-b border-line py-1.5"
    >
      {items.map(({ kind, label, detail }, index) => (
        <div
          key={`${kind} ${label} ${detail}`}
          {...combobox.option(index)}
          ref={index === combobox.active ? keepInSight : undefined}
          className="flex min-h-9 cursor-pointer items-center gap-3 px-4 py-1 hover:bg-sunken aria-selected:bg-accent-soft"
        >
          <span className="w-20 shrink-0 text-muted">{kind}</span>
          <bdi className="min-w-0 break-words">{label}</bdi>
          <bdi className="min-w-0 grow truncate text-muted">{detail}</bdi>
        </div>
      ))}
    </div>
  );
}

function keepInSight(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}

function statusText(count: number, hasFailed: boolean): string {
  if (hasFailed) return 'What there is could not be loaded. Type on to try again.';
  return count === 0 ? 'Nothing found.' : `${count} found`;
}

type Question = { who: string; text: string; pause: number };

async function findItems(
  { who, text, pause }: Question,
  signal: AbortSignal,
): Promise<Fetched<Answer>> {
  await new Promise((done) => setTimeout(done, pause));
  if (signal.aborted) return { kind: 'failed' };
  const recents = text.trim() === '' ? recentsOf(who) : [];
  const query = new URLSearchParams([
    ['q', text],
    ...recents.map(({ href }): [string, string] => ['recent', href]),
  ]);
  return fetchJson(`/admin/palette/?${query}`, signal);
}

// The header's and the footer's own forms, so that what they do stays a post of the page.
function signOut(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-sign-out]');
  if (form) form.requestSubmit();
  else window.location.assign('/accounts/logout/');
}

function setTheme(theme: string): void {
  document.querySelector<HTMLButtonElement>(`button[name="theme"][value="${theme}"]`)?.click();
}
