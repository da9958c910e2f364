'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** A place in the grid; column -1 is the line's own name. */
export type Place = { row: number; column: number };

/** The height of a line in CSS pixels; the class `h-9` on it says the same. */
export const ROW_HEIGHT = 36;

// Lines drawn beyond the edge, and how many are drawn before anybody has scrolled.
const SPARE = 12;
const FIRST_ROWS = 28;

/**
 * Where the keyboard is in a grid of which only the lines in sight are drawn. One place is the tab
 * stop. ARIA: grid pattern, with Shift for a block.
 */
export function useGrid(rowCount: number, columnCount: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  const [active, setActive] = useState<Place>({ row: 0, column: -1 });
  const [anchor, setAnchor] = useState<Place | null>(null);
  const [shown, setShown] = useState({ from: 0, to: FIRST_ROWS });
  const [isPrinted, setPrinted] = useState(false);
  const place = { ...active, row: Math.min(active.row, Math.max(rowCount - 1, 0)) };

  function look() {
    const box = scroller.current;
    if (!box) return;
    const top = Math.floor(box.scrollTop / ROW_HEIGHT / SPARE) * SPARE;
    const height = Math.ceil(box.clientHeight / ROW_HEIGHT);
    const from = Math.max(0, top - SPARE);
    const to = top + height + 2 * SPARE;
    setShown((now) => (now.from === from && now.to === to ? now : { from, to }));
  }

  // On paper nobody scrolls.
  useEffect(() => {
    const paper = window.matchMedia('print');
    const onChange = () => flushSync(() => setPrinted(paper.matches));
    paper.addEventListener('change', onChange);
    return () => paper.removeEventListener('change', onChange);
  }, []);

  useEffect(() => {
    look();
    if (!isMoving.current) return;
    const box = scroller.current;
    const cell = box?.querySelector<HTMLElement>(`[data-at="${place.row}:${place.column}"]`);
    if (cell) {
      isMoving.current = false;
      cell.focus({ preventScroll: true });
      cell.closest('td,th')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (box) {
      box.scrollTop = Math.max(0, (place.row - 4) * ROW_HEIGHT);
      look();
    }
  });

  // Paper has every line.
  useEffect(() => {
    const print = () => flushSync(() => setShown({ from: 0, to: Number.POSITIVE_INFINITY }));
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', look);
    return () => {
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', look);
    };
  });

  function go(to: Place, isBlock: boolean) {
    setAnchor(isBlock ? (anchor ?? place) : null);
    isMoving.current = true;
    setActive({
      row: clamp(to.row, 0, rowCount - 1),
      column: clamp(to.column, isBlock ? 0 : -1, columnCount - 1),
    });
  }

  /** Where a key leads; null for a key that does not move. */
  function target({ key, ctrlKey, metaKey }: KeyboardEvent): Place | null {
    const far = ctrlKey || metaKey;
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2;
    const { row, column } = place;
    switch (key) {
      case 'ArrowDown':
        return { row: row + 1, column };
      case 'ArrowUp':
        return { row: row - 1, column };
      case 'ArrowRight':
        return { row, column: column + 1 };
      case 'ArrowLeft':
        return { row, column: column - 1 };
      case 'PageDown':
        return { row: row + page, column };
      case 'PageUp':
        return { row: row - page, column };
      case 'Home':
        return { row: far ? 0 : row, column: -1 };
      case 'End':
        return { row: far ? rowCount - 1 : row, column: columnCount - 1 };
      default:
        return null;
    }
  }

  return {
    scroller,
    look,
    place,
    /** Where Tab enters: a drawn line, wherever the keyboard was last. */
    tabRow: place.row >= shown.from && place.row < shown.to ? place.row : shown.from,
    shown: isPrinted
      ? { from: 0, to: rowCount }
      : { from: Math.min(shown.from, rowCount), to: Math.min(shown.to, rowCount) },
    block: {
      rows: range(anchor?.row ?? place.row, place.row),
      columns: range(anchor?.column ?? place.column, place.column),
      isOpen: anchor !== null,
    },
    enter: (to: Place) => {
      setActive(to);
      setAnchor(null);
    },
    /** Give the focus back to where the keyboard was last. */
    focus: () => {
      scroller.current?.querySelector<HTMLElement>('[data-at][tabindex="0"]')?.focus();
    },
    /** Whether the key was one that moves. */
    move: (event: KeyboardEvent): boolean => {
      const to = target(event);
      if (to) go(to, event.shiftKey);
      return to !== null;
    },
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

function range(a: number, b: number): { low: number; high: number } {
  return { low: Math.min(a, b), high: Math.max(a, b) };
}
