import { CheckboxField } from '@/components/forms/checkbox-field';
import { FileControl } from '@/components/forms/file-control';
import { RadioField, SelectField } from '@/components/forms/model/choice-fields';
import { ComboboxField } from '@/components/forms/model/combobox-field';
import { DateField, DateTimeField, NumberField } from '@/components/forms/model/typed-fields';
import { TextArea } from '@/components/forms/text-area';
import { TextField } from '@/components/forms/text-field';
import type { ModelFormField } from '@/lib/contrib/admin/form/model-form';

/** What a page says of a field besides: lines and most UTF-16 units of a text, the unit of a number. */
export type FieldTouch = { rows?: number; maxLength?: number; unit?: string };

type Props = {
  /** Of a `modelForm`. */
  fields: readonly ModelFormField[];
  /** By names in the form. */
  touches?: { readonly [name: string]: FieldTouch };
};

/** The fields of a form of a model, each by its kind; for inside an `ActionForm`. */
export function ModelFields({ fields, touches = {} }: Props) {
  return fields.map((field) => (
    <ModelField key={field.name} field={field} touch={touches[field.name] ?? {}} />
  ));
}

function ModelField({ field, touch }: { field: ModelFormField; touch: FieldTouch }) {
  const { name, label, help, isRequired: required, widget } = field;
  const { unit, ...area } = touch;
  const shared = { name, label, required, ...(help !== '' && { hint: help }) };
  switch (widget.kind) {
    case 'textarea':
      return <TextArea {...shared} {...area} dir="auto" />;
    case 'checkbox':
      return <CheckboxField {...shared} />;
    case 'datetime':
      return <DateTimeField {...shared} />;
    case 'select':
      return <SelectField {...shared} choices={widget.choices} />;
    case 'radio':
      return <RadioField {...shared} choices={widget.choices} isVertical={widget.isVertical} />;
    case 'combobox':
      return <ComboboxField {...shared} choices={widget.choices} />;
    case 'file': {
      return <FileControl {...shared} {...widget} isRequired={required} />;
    }
    case 'text':
      break;
  }
  const { inputType } = widget;
  switch (inputType) {
    case 'date':
    case 'time':
      return <DateField {...shared} type={inputType} />;
    case 'number':
    case 'decimal':
      return <NumberField {...shared} kind={inputType} {...(unit !== undefined && { unit })} />;
    default:
      return (
        <TextField {...shared} type={inputType} {...(inputType === 'text' && { dir: 'auto' })} />
      );
  }
}
