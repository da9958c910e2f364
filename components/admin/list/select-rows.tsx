'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useHydrated } from '@/components/use-hydrated';

/** Ticks every row of the page, or none. There once scripts run: without them each row is ticked. */
export function SelectAll() {
  const isHydrated = useHydrated();
  const box = useRef<HTMLInputElement>(null);
  const { checked, total } = useTicked(box, isHydrated);

  useEffect(() => {
    if (box.current) box.current.indeterminate = checked > 0 && checked < total;
  }, [checked, total]);

  if (!isHydrated) return null;
  return (
    <input
      ref={box}
      type="checkbox"
      id="action-toggle"
      aria-label="Select all rows of this page"
      checked={total > 0 && checked === total}
      onChange={(event) => {
        const { form, checked: isOn } = event.currentTarget;
        for (const row of rowBoxes(form)) row.checked = isOn;
        form?.dispatchEvent(new Event('change'));
      }}
    />
  );
}

/** How many rows of the page are ticked. Shift-click ticks all between two. */
export function SelectedCount() {
  const isHydrated = useHydrated();
  const box = useRef<HTMLOutputElement>(null);
  const { checked, total } = useTicked(box, isHydrated);
  useRanges(box);
  return (
    <output ref={box} className="font-semibold tabular-nums">
      {isHydrated ? `${checked} of ${total} selected` : 'With the selected rows'}
    </output>
  );
}

type FormPart = HTMLElement & { form: HTMLFormElement | null };

function useTicked(part: RefObject<FormPart | null>, isHydrated: boolean) {
  const [ticked, setTicked] = useState({ checked: 0, total: 0 });
  useEffect(() => {
    const form = isHydrated ? part.current?.form : null;
    if (!form) return;
    const count = () => {
      const boxes = rowBoxes(form);
      setTicked({ checked: boxes.filter((each) => each.checked).length, total: boxes.length });
    };
    count();
    form.addEventListener('change', count);
    return () => form.removeEventListener('change', count);
  }, [part, isHydrated]);
  return ticked;
}

function useRanges(part: RefObject<FormPart | null>) {
  useEffect(() => {
    const form = part.current?.form;
    if (!form) return;
    let last = -1;
    const onClick = (event: MouseEvent) => {
      const boxes = rowBoxes(form);
      const box = boxes.find((each) => each === event.target);
      if (!box) return;
      const index = boxes.indexOf(box);
      if (event.shiftKey && last >= 0) {
        const [from, to] = [Math.min(last, index), Math.max(last, index)];
        for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
      }
      last = index;
    };
    form.addEventListener('click', onClick);
    return () => form.removeEventListener('click', onClick);
  }, [part]);
}

function rowBoxes(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('input[name=_selected_action]') ?? [])];
}
