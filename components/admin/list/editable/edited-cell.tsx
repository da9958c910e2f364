import { useContext } from 'react';
import { FormLine } from '@/components/admin/form/form-line';
import { HiddenValue } from '@/components/admin/form/hidden-value';
import { FieldErrors } from '@/components/forms/field';
import { FormStateContext } from '@/components/forms/form-state';
import type { FormField } from '@/lib/contrib/admin/form/change-form';

type Props = {
  /** What the names of the row's fields begin with: `form-0`. */
  row: string;
  field: FormField;
  /** Whether it is the first of its row, which carries what the row is known by. */
  isFirst: boolean;
};

/** A cell of a list that is changed there. */
export function EditedCell({ row, field, isFirst }: Props) {
  const { fieldErrors } = useContext(FormStateContext);
  return (
    <div className="edited-cell relative" id={isFirst ? `id_${row}` : undefined}>
      {isFirst && (
        <>
          <HiddenValue name={`${row}-id`} />
          <HiddenValue name={`${row}-_version`} />
          <FieldErrors id={`id_${row}`} errors={fieldErrors[row] ?? []} />
        </>
      )}
      <FormLine field={{ ...field, name: field.name.replace('form-__prefix__', row) }} />
    </div>
  );
}
