import { FormLine } from '@/components/admin/form/form-line';
import { RelatedField } from '@/components/admin/form/related/related-field';
import type { FormField } from '@/lib/contrib/admin/form/change-form';

type Props = { field: FormField; back: string | undefined };

/** A line of a form that is saved, with what may be done beside it; `back` is the address of the form. */
export function FieldOfForm({ field, back }: Props) {
  return field.related && back !== undefined ? (
    <RelatedField field={field} links={field.related} back={back} />
  ) : (
    <FormLine field={field} />
  );
}
