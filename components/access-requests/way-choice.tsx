'use client';

import { useField } from '@/components/forms/form-state';
import { Name } from '@/components/name';

type Shown = { value: string; group: string | null; further: readonly string[]; seen: string };

/** One way to give what is asked for, with what else it gives. */
export function WayChoice({ way: { value, group, further, seen } }: { way: Shown }) {
  const field = useField('way');
  const id = `id_way_${value.replace(':', '_')}`;
  return (
    <div>
      <label htmlFor={id} className="flex min-h-6 items-center gap-2.5">
        <input
          id={id}
          name="way"
          type="radio"
          value={value}
          defaultChecked={field.value === value}
          aria-describedby={`${id}_hint`}
          className="size-4.5 accent-accent"
        />
        {group === null ? (
          'This permission alone'
        ) : (
          <span>
            Through the group <Name text={group} />
          </span>
        )}
      </label>
      <input type="hidden" name={`seen_${value}`} value={seen} />
      <p id={`${id}_hint`} className="ml-7 text-muted wrap-anywhere">
        {furtherWords(further)}
      </p>
    </div>
  );
}

function furtherWords(further: readonly string[]): string {
  if (further.length === 0) return 'It gives nothing else.';
  const shown = further.slice(0, 12).join(', ');
  const left = further.length - 12;
  return `It also gives ${shown}${left > 0 ? ` and ${left} more` : ''}.`;
}
