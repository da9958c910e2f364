let show: (() => void) | null = null;

/** Let others show the help of this page's keys; null where the page has none. */
export function setHelp(opened: (() => void) | null): void {
  show = opened;
}

/** What shows the help of this page's keys; null where the page has none. */
export function helpOfPage(): (() => void) | null {
  return show;
}
