/** A row of tabs, which are links: the line below it, and each of them. */
export const tabRow = 'tab-row mb-4 flex flex-wrap gap-x-5 border-b border-line';
export const tabLink =
  '-mb-px border-b-2 border-transparent py-2 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink';
