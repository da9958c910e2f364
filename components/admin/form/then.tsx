import { DateTime } from '@/components/date-time';
import type { FormThen } from '@/lib/contrib/admin/kept/form-then';

/** That a form is filled with what an object was. */
export function Then({ then: { time, isWhole } }: { then: FormThen }) {
  return (
    <div
      role="note"
      className="mb-6 max-w-3xl rounded-field border border-warning/50 bg-warning-soft px-4 py-3"
    >
      <p className="font-semibold">
        This is how it was before the change of <DateTime value={time} />.
      </p>
      <p className="mt-1">Nothing has been saved yet: look it through, then save.</p>
      {!isWhole && (
        <p className="mt-1">
          The history does not keep everything that has changed since. What it does not keep stands
          as it is now.
        </p>
      )}
    </div>
  );
}
