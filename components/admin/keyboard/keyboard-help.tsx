'use client';

import { useState } from 'react';
import { Modal } from '@/components/admin/keyboard/modal';
import { areShortcutsOn, turnShortcuts } from '@/components/admin/keyboard/shortcuts';
import { Button } from '@/components/button';

type Props = {
  places: Readonly<Record<string, { label: string; href: string }>>;
  hasPalette: boolean;
  onClose: () => void;
};

const palette: [string, string] = ['Ctrl K', 'Go to anything (⌘ K on a Mac)'];

const keys: [string, string][] = [
  ['/', 'Search on this page'],
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['Enter', 'Open the row'],
  ['x', 'Tick the row'],
  ['?', 'This help'],
];

/** What each key does, and the way to turn off those that are pressed without Ctrl. */
export function KeyboardHelp({ places, hasPalette, onClose }: Props) {
  const [isOn, setIsOn] = useState(areShortcutsOn);
  const goTo = Object.entries(places).map(([key, { label }]): [string, string] => [
    `g ${key}`,
    label,
  ]);
  return (
    <Modal label="Keyboard shortcuts" onClose={onClose}>
      <div className="space-y-5 p-5">
        <h2 className="text-base">Keyboard shortcuts</h2>
        <dl className="grid grid-cols-[5rem_minmax(0,1fr)] gap-y-1.5">
          {[...(hasPalette ? [palette] : []), ...keys, ...goTo].map(([key, what]) => (
            <div key={key} className="col-span-2 grid grid-cols-subgrid">
              <dt>
                <kbd className="font-mono">{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => {
              turnShortcuts(target.checked);
              setIsOn(target.checked);
            }}
            className="size-4 accent-accent"
          />
          Shortcuts without Ctrl, in this browser
        </label>
        <Button type="button" onClick={onClose}>
          Close
        </Button>
      </div>
    </Modal>
  );
}
