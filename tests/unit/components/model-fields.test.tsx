import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FormStateContext } from '@/components/forms/form-state';
import { type FieldTouch, ModelFields } from '@/components/forms/model/model-fields';
import type { ModelFormField, ModelWidget } from '@/lib/contrib/admin/form/model-form';

const CHOICES = [
  ['a', 'Ada'],
  ['b', 'Bob'],
] as const;

function drawn(
  widget: ModelWidget,
  value: string,
  { isRequired = true, touch = {} }: { isRequired?: boolean; touch?: FieldTouch } = {},
): string {
  const named = { name: 'x', label: 'Label', help: 'Help.' };
  const field: ModelFormField = { ...named, isRequired, widget };
  const values = { x: value, x_0: '2028-02-29', x_1: '12:30' };
  return renderToStaticMarkup(
    <FormStateContext value={{ values, fieldErrors: { x: ['No.'] }, formErrors: [] }}>
      <ModelFields fields={[field]} touches={{ x: touch }} />
    </FormStateContext>,
  );
}

describe('the fields of a form of a model, without scripts', () => {
  it.each([
    [{ kind: 'text', inputType: 'text' }, '<input', 'value="a"'],
    [{ kind: 'text', inputType: 'decimal' }, 'inputMode="decimal"', 'type="text"'],
    [{ kind: 'text', inputType: 'date' }, 'type="date"', 'value="a"'],
    [{ kind: 'text', inputType: 'time' }, 'type="time"', 'step="any"'],
    [{ kind: 'textarea' }, '<textarea', '>a</textarea>'],
    [{ kind: 'checkbox' }, 'type="checkbox"', 'value="on"'],
    [{ kind: 'datetime' }, 'name="x_0"', 'value="12:30"'],
    [{ kind: 'select', choices: CHOICES }, '<option value="a" selected="">Ada', 'Choose'],
    [{ kind: 'combobox', choices: CHOICES }, '<select', '<option value="b">Bob'],
    [{ kind: 'radio', choices: CHOICES, isVertical: true }, '<legend', 'checked="" value="a"'],
  ] as const)('%j has its value, its words and its error', (widget, ...parts) => {
    const html = drawn(widget, 'a');
    const shared = ['Label', 'Help.', 'id="x_error"'.replace('x', 'id_x'), 'aria-invalid="true"'];
    for (const part of [...parts, ...shared]) expect(html).toContain(part);
    expect(html).toMatch(/aria-describedby="id_x_error id_x_hint"/);
  });

  it('offer nothing where something may be missing', () => {
    expect(drawn({ kind: 'select', choices: CHOICES }, '', { isRequired: false })).toContain(
      'None',
    );
    const radio = { kind: 'radio', choices: CHOICES, isVertical: false } as const;
    expect(drawn(radio, '', { isRequired: false })).toContain('None');
    expect(drawn(radio, '')).not.toContain('None');
  });

  it('have the unit of money behind it, and the lines of a text', () => {
    const decimal = { kind: 'text', inputType: 'decimal' } as const;
    expect(drawn(decimal, '1', { touch: { unit: 'EUR' } })).toContain('EUR');
    expect(drawn({ kind: 'textarea' }, '', { touch: { rows: 3 } })).toContain('rows="3"');
  });
});
