import { AutocompleteControl } from '@/components/admin/form/autocomplete-control';
import {
  CheckboxControl,
  DateTimeControl,
  SelectControl,
  TextAreaControl,
  TextControl,
} from '@/components/admin/form/controls';
import { MultipleControl } from '@/components/admin/form/multiple-control';
import { RadioControl } from '@/components/admin/form/radio-control';
import { RawIdControl } from '@/components/admin/form/raw-id-control';
import { ReadOnly } from '@/components/admin/form/read-only';
import { FileControl } from '@/components/forms/file-control';
import type { FormField } from '@/lib/contrib/admin/form/change-form';

/** One line of a form: the control for its kind, or what it says if it is only read. */
export function FormLine({ field }: { field: FormField }) {
  const { name, label, help, isRequired, locked } = field;
  const shared = {
    name,
    label,
    isRequired,
    ...(help !== '' && { hint: help }),
    ...(locked !== undefined && { locked }),
  };
  if (field.widget === null) {
    return <ReadOnly label={label} texts={field.texts} link={field.link} />;
  }
  const { widget } = field;
  switch (widget.kind) {
    case 'text':
      return <TextControl {...shared} type={widget.inputType} />;
    case 'textarea':
      return <TextAreaControl {...shared} isCode={widget.isCode ?? false} />;
    case 'checkbox':
      return <CheckboxControl {...shared} />;
    case 'datetime':
      return <DateTimeControl {...shared} />;
    case 'select':
      return <SelectControl {...shared} choices={widget.choices} />;
    case 'radio':
      return <RadioControl {...shared} choices={widget.choices} isVertical={widget.isVertical} />;
    case 'rawId':
      return <RawIdControl {...shared} href={widget.href} text={widget.text} />;
    case 'multiple': {
      const { choices, hasTwoBoxes, locked: some } = widget;
      return (
        <MultipleControl {...shared} choices={choices} hasTwoBoxes={hasTwoBoxes} some={some} />
      );
    }
    case 'file':
      return <FileControl {...shared} {...widget} isDense />;
    case 'autocomplete':
      return <AutocompleteControl {...shared} field={widget.field} text={widget.text} />;
  }
}
