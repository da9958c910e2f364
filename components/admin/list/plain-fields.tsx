import { FieldErrors, FieldHint } from '@/components/forms/field';
import type { ModelFormField } from '@/lib/contrib/admin/form/model-form';
import type { FormState } from '@/lib/forms/forms';

type Props = { fields: readonly ModelFormField[]; state: FormState };

const look =
  'block min-h-10 w-full rounded-field border border-edge bg-surface px-3 text-ink aria-invalid:border-danger';

/**
 * The fields of a form whose state the page was answered with, drawn on the server: the list that they stand
 * in for does without the controls of forms, and seldom asks anything. A file they do not hold.
 */
export function PlainFields({ fields, state }: Props) {
  return (
    <div className="space-y-5">
      {state.formErrors.map((error) => (
        <p key={error} role="alert" className="text-danger">
          {error}
        </p>
      ))}
      {fields.map((field) => (
        <PlainField key={field.name} field={field} state={state} />
      ))}
    </div>
  );
}

function PlainField({ field, state }: { field: ModelFormField; state: FormState }) {
  const { name, label, help, isRequired, widget } = field;
  const id = `id_${name}`;
  const errors = state.fieldErrors[name] ?? [];
  const hint = help === '' ? undefined : help;
  const describedBy = [errors.length > 0 && `${id}_error`, hint && `${id}_hint`].filter(Boolean);
  const control = {
    ...{ id, name, className: look },
    'aria-invalid': errors.length > 0 || undefined,
    'aria-describedby': describedBy.join(' ') || undefined,
  };
  const optional = !isRequired && widget.kind !== 'checkbox' && ' (optional)';
  return (
    <div className="space-y-1.5">
      <label htmlFor={widget.kind === 'datetime' ? `${id}_0` : id} className="block font-semibold">
        {label}
        <span className="font-normal text-muted">{optional}</span>
      </label>
      <FieldHint id={id} hint={hint} />
      <PlainControl field={field} control={control} values={state.values} />
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

type ControlProps = {
  field: ModelFormField;
  control: { id: string; name: string; className: string };
  values: FormState['values'];
};

function PlainControl({ field: { label, isRequired, widget }, control, values }: ControlProps) {
  const { id, name } = control;
  const value = values[name];
  switch (widget.kind) {
    case 'textarea':
      return <textarea {...control} rows={6} defaultValue={value} className={`${look} py-2`} />;
    case 'checkbox':
      return (
        <input
          {...control}
          type="checkbox"
          value="on"
          defaultChecked={value === 'on'}
          className="size-4 accent-accent"
        />
      );
    case 'datetime':
      return (
        <div className="flex flex-wrap gap-2">
          {(['date', 'time'] as const).map((type, place) => (
            <input
              key={type}
              {...control}
              id={`${id}_${place}`}
              name={`${name}_${place}`}
              type={type}
              step={type === 'time' ? 'any' : undefined}
              aria-label={type === 'date' ? `${label}: date` : `${label}: time, UTC`}
              defaultValue={values[`${name}_${place}`]}
              className={`${look} w-40!`}
            />
          ))}
        </div>
      );
    case 'select':
    case 'radio':
    case 'combobox':
      return (
        <select {...control} key={value} defaultValue={value}>
          <option value="">{isRequired ? 'Choose' : 'None'}</option>
          {widget.choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      );
    case 'file':
      throw new TypeError(`The form of an action holds no file: "${name}".`);
    default: {
      const isNumber = widget.inputType === 'number' || widget.inputType === 'decimal';
      return (
        <input
          {...control}
          type={isNumber ? 'text' : widget.inputType}
          inputMode={isNumber ? 'decimal' : undefined}
          autoComplete="off"
          defaultValue={value}
        />
      );
    }
  }
}
