import type { ReactNode } from 'react';

type Props = {
  title: string;
  /** What is chosen in it, where something is. */
  chosen: ReactNode;
  isActive: boolean;
  isOpen?: boolean;
  children: ReactNode;
};

const menu =
  'max-w-full open:w-full rounded-field border border-edge bg-surface sm:relative sm:open:w-auto';
const panel =
  'max-h-80 overflow-y-auto border-t border-line p-1 sm:absolute sm:top-full sm:left-0 sm:z-30 sm:mt-1 sm:w-max sm:max-w-80 sm:min-w-full sm:rounded-field sm:border sm:border-edge sm:bg-surface sm:shadow-lg';

/** A menu above a list, of which one is open at a time, with scripts and without. */
export function ListMenu({ title, chosen, isActive, isOpen, children }: Props) {
  return (
    <details name="filter" open={isOpen} className={`${menu} ${isActive ? 'border-accent' : ''}`}>
      <summary className="flex min-h-8.5 list-none items-center gap-2 px-3 marker:hidden">
        <span className={isActive ? '' : 'text-muted'}>{title}</span>
        {isActive && chosen}
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0 text-muted">
          <path d="m2.5 4.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </summary>
      <div className={panel}>{children}</div>
    </details>
  );
}
