'use client';

import { useContext } from 'react';
import { FormLine } from '@/components/admin/form/form-line';
import {
  LineDelete,
  LineHidden,
  LineName,
  type LineProps,
  LineState,
} from '@/components/admin/form/inlines/line-parts';
import { FieldErrors } from '@/components/forms/field';
import { FormStateContext } from '@/components/forms/form-state';

/** A line as a form of its own. */
export function StackedLine(props: LineProps) {
  const { shownLine, view, number } = props;
  const { fieldErrors } = useContext(FormStateContext);
  const { name, fields, line } = shownLine;
  return (
    <LineState line={shownLine}>
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
          <LineHidden {...props} />
          <FieldErrors id={`id_${name}`} errors={fieldErrors[name] ?? []} />
          {fields.map((field) => (
            <FormLine key={field.name} field={field} />
          ))}
        </div>
      </fieldset>
    </LineState>
  );
}
