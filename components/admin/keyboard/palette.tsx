'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type Fetched, fetchJson } from '@/components/admin/fetch-json';
import { Modal } from '@/components/admin/keyboard/modal';
import { useCombobox } from '@/components/combobox/use-combobox';
import { whenFree } from '@/components/leaving/unsaved';
import type { PaletteItem } from '@/lib/apps/define-config';

type Item = Pick<PaletteItem, 'label' | 'detail'> & { kind: string; act: () => void };
type Props = { onClose: () => void; onHelp: () => void };

// Milliseconds without a key before the server is asked.
const PAUSE = 100;

/** A field that finds pages, models, people and actions, and a list to choose from. */
export function Palette({ onClose, onHelp }: Props) {
  const router = useRouter();
  const [found, setFound] = useState<readonly PaletteItem[] | null>(null);
  const [query, setQuery] = useState('');
  const [hasFailed, setFailed] = useState(false);
  const pending = useRef<AbortController | null>(null);

  const ask = (text: string, pause: number) => {
    pending.current?.abort();
    const asking = new AbortController();
    pending.current = asking;
    setQuery(text);
    void findItems(text, pause, asking.signal).then((answer) => {
      if (asking.signal.aborted) return;
      setFailed(answer.kind === 'failed');
      // Drawn anew, the page leads to sign-in and back.
      if (answer.kind === 'signed out') window.location.reload();
      if (answer.kind !== 'fetched') return;
      setFound(answer.value.items);
      combobox.restart();
    });
  };
  const first = useRef(ask);
  useEffect(() => {
    first.current('', 0);
    return () => pending.current?.abort();
  }, []);

  const own: Item[] = [
    { kind: 'Action', label: 'Sign out', detail: '', act: signOut },
    { kind: 'Action', label: 'Keyboard shortcuts', detail: '', act: onHelp },
  ];
  const items: Item[] = [
    ...(found ?? []).map(({ href, ...item }) => ({
      ...item,
      act: () => {
        onClose();
        whenFree(() => router.push(href));
      },
    })),
    ...own.filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase())),
  ];
  const combobox = useCombobox({
    listId: 'palette-items',
    count: items.length,
    isOpen: items.length > 0,
    first: 0,
    choose: (index) => items[index]?.act(),
  });
  return (
    <Modal label="Go to" onClose={onClose}>
      <input
        {...combobox.input}
        aria-label="Go to a page, a model or a person, or ask why"
        spellCheck={false}
        placeholder="users, ada, why ada articles.change_article"
        value={query}
        onChange={({ target }) => ask(target.value, PAUSE)}
        onKeyDown={combobox.onKeyDown}
        className="block h-12 w-full rounded-t-panel border-b border-line bg-surface px-4 text-base outline-offset-[-2px]"
      />
      <ItemList items={items} combobox={combobox} />
      <p role="status" className="px-4 py-2.5 text-muted">
        {statusText(items.length, hasFailed)}
      </p>
    </Modal>
  );
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
          <span className="w-14 shrink-0 text-muted">{kind}</span>
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

async function findItems(
  text: string,
  pause: number,
  signal: AbortSignal,
): Promise<Fetched<{ items: PaletteItem[] }>> {
  await new Promise((done) => setTimeout(done, pause));
  if (signal.aborted) return { kind: 'failed' };
  return fetchJson(`/admin/palette/?${new URLSearchParams({ q: text })}`, signal);
}

// The header's own form, so that signing out stays a post of the page.
function signOut(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-sign-out]');
  if (form) form.requestSubmit();
  else window.location.assign('/accounts/logout/');
}
