import {
  LineDelete,
  LineName,
  type LineProps,
  LineStart,
} from '@/components/admin/form/inlines/line-parts';
import { FieldOfForm } from '@/components/admin/form/related/field-of-form';
import type { FormField } from '@/lib/contrib/admin/form/change-form';
import type { InlineView } from '@/lib/contrib/admin/inlines/inline-view';

export function TabularHead({ view, isForm }: { view: InlineView; isForm: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="sr-only">{view.noun}</span>
        </th>
        {view.heads.map(({ name, label, help, isOptional }) => (
          <th key={name} scope="col">
            {label}
            {isForm && isOptional && <span className="font-normal text-muted"> (optional)</span>}
            {help !== '' && <span className="block font-normal text-muted">{help}</span>}
          </th>
        ))}
        {isForm && (
          <th scope="col">
            <span className="sr-only">Delete</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

/** A line as a row of a table; on narrow screens its cells stand one below the other. */
export function TabularLine(props: LineProps) {
  const { shownLine, isForm, back } = props;
  const { name, fields } = shownLine;
  return (
    <tr id={`id_${name}`} data-line={name}>
      <th scope="row">
        <LineName {...props} />
        <LineStart {...props} />
      </th>
      {fields.map((field) => (
        <td key={field.name}>
          <Cell field={field} back={back} />
        </td>
      ))}
      {isForm && (
        <td>
          <LineDelete {...props} />
        </td>
      )}
    </tr>
  );
}

function Cell({ field, back }: { field: FormField; back: string | undefined }) {
  if (field.widget !== null) return <FieldOfForm field={field} back={back} />;
  return (
    <>
      <span className="narrow-label font-semibold">{field.label}</span>
      {field.texts.length === 0 ? (
        <span className="text-muted">–</span>
      ) : (
        <bdi>{field.texts.join(', ')}</bdi>
      )}
    </>
  );
}
