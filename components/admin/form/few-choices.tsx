'use client';

import type { Choice } from '@/lib/contrib/admin/form/choices';

type Props = {
  id: string;
  name: string;
  choices: readonly Choice[];
  initial: readonly string[];
  /** Those that cannot be chosen. */
  locked: ReadonlySet<string>;
};

/** So many are seen at once, and need no box to look for them in. */
export const FEW_CHOICES = 12;

/** All that may be chosen, each to be ticked by one press. What is locked can be taken off, not put on. */
export function FewChoices({ id, name, choices, initial, locked }: Props) {
  if (choices.length === 0) return <p className="text-muted">There is none to choose.</p>;
  return (
    <div id={id} className="flex flex-wrap gap-2">
      {choices.map(([choice, text]) => (
        <label
          key={choice}
          className="inline-flex min-h-9 max-w-full cursor-pointer items-center gap-2 rounded-field border border-edge bg-surface px-3 hover:bg-sunken has-checked:border-accent has-checked:bg-sunken has-checked:font-semibold has-disabled:cursor-default has-disabled:text-muted"
        >
          <input
            type="checkbox"
            name={name}
            value={choice}
            defaultChecked={initial.includes(String(choice))}
            disabled={locked.has(String(choice)) && !initial.includes(String(choice))}
            className="size-4 shrink-0 accent-accent"
          />
          <bdi className="min-w-0 [overflow-wrap:anywhere]">{text}</bdi>
        </label>
      ))}
    </div>
  );
}
