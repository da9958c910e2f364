import { Mark } from '@/components/permissions/mark';
import { groupNames, WithNames } from '@/components/permissions/with-names';
import { capfirst } from '@/lib/core/text';
import type { Step } from '@/lib/extras/why/reason-tree';

/** The reasons of a decision, in the order in which they were asked. */
export function ReasonTree({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className="space-y-1.5">
      {steps.map((step) => (
        <li key={step.label} className="grid grid-cols-[1.5rem_minmax(0,1fr)]">
          <span className="flex h-5 items-center">
            <Mark mark={step.mark} />
          </span>
          <div>
            <p className={step.mark === 'not reached' ? 'text-muted' : undefined}>
              <WithNames
                text={capfirst(step.label)}
                names={step.source ? groupNames([step.source]) : []}
              />
              <span className="text-muted">{remark(step)}</span>
            </p>
            {step.steps.length > 0 && (
              <div className="mt-1.5">
                <ReasonTree steps={step.steps} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function remark({ mark, note }: Step): string {
  if (note !== '') return ` – ${note}`;
  return mark === 'not reached' ? ' – not reached' : '';
}
