const NAVIGABLE = 'main tbody tr:has(a[href])';
const SEARCH = 'main [data-search], main input[type="search"], main input[name="q"]';
const TYPED_IN = 'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])';

/** Whether a key belongs to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED_IN));
}

/** Move the focus to the link of the next row of the page's table, or with -1 of the one before. */
export function moveRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(NAVIGABLE)];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const start = here === -1 && step === -1 ? rows.length : here;
  const link = rows[start + step]?.querySelector<HTMLElement>('a[href]');
  link?.focus();
  return link !== null && link !== undefined;
}

/** Tick the box of the row that has the focus, or take the tick away. */
export function toggleRow(): boolean {
  const row = document.activeElement?.closest(NAVIGABLE);
  const box = row?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  box?.click();
  return box !== null && box !== undefined;
}

/** Put the cursor into the page's search. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>(SEARCH);
  field?.focus();
  field?.select();
  return field !== null;
}

const STORED = 'single-key-shortcuts';

/** Whether keys without Ctrl do something here; WCAG 2.1.4 wants a way to turn that off. */
export function areShortcutsOn(): boolean {
  return window.localStorage.getItem(STORED) !== 'off';
}

export function turnShortcuts(isOn: boolean): void {
  if (isOn) window.localStorage.removeItem(STORED);
  else window.localStorage.setItem(STORED, 'off');
}
