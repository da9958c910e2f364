'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { forgetRecents } from '@/components/admin/keyboard/recents-owner';

type Props = {
  /** For whom the page is drawn. */
  who: string;
  /** Whether this person has a palette. */
  isOn: boolean;
};

/**
 * What opens the palette, on every page, for who has one: it has scripts of its own, which others are
 * not sent. Where nobody has one nothing is kept of where somebody went by it.
 */
export function PaletteOpener({ who, isOn }: Props) {
  const [Button, setButton] = useState<ComponentType<{ who: string }> | null>(null);
  useEffect(() => {
    if (!isOn) return forgetRecents();
    const opener = import('@/components/admin/keyboard/palette-button');
    void opener.then(
      ({ PaletteButton }) => setButton(() => PaletteButton),
      () => undefined,
    );
  }, [isOn]);
  return isOn && Button ? <Button who={who} /> : null;
}
