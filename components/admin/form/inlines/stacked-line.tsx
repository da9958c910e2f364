import {
  LineDelete,
  LineName,
  type LineProps,
  LineStart,
} from '@/components/admin/form/inlines/line-parts';
import { FieldOfForm } from '@/components/admin/form/related/field-of-form';

/** A line as a form of its own. */
export function StackedLine(props: LineProps) {
  const { shownLine, view, back } = props;
  const { name, number, fields, line } = shownLine;
  return (
    <fieldset
      id={`id_${name}`}
      data-line={name}
      aria-label={line?.name ?? `New ${view.noun} ${number}`}
      className="min-w-0 rounded-panel border border-line bg-surface"
    >
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 border-b border-line bg-sunken px-4 py-1">
        <span className="font-semibold">
          <LineName {...props} />
        </span>
        <LineDelete {...props} />
      </div>
      <div className="max-w-3xl space-y-5 p-4">
        <LineStart {...props} />
        {fields.map((field) => (
          <FieldOfForm key={field.name} field={field} back={back} />
        ))}
      </div>
    </fieldset>
  );
}
