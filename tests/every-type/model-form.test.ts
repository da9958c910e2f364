import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelKey } from '@/lib/apps/installed';
import {
  type ModelForm,
  type ModelFormOptions,
  modelForm,
} from '@/lib/contrib/admin/form/model-form';
import type { Values } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import { parseForm } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import { emptyEveryType, everyTypeAdmin, FULL } from '@/tests/support/every-type/forms';
import { modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

const FIELDS = [
  ...['name', 'code', 'note', 'stock', 'shelf', 'serial', 'weight', 'price', 'total', 'isOnline'],
  ...['isTested', 'listed', 'born', 'opens', 'details', 'status', 'last', 'token', 'address'],
];

// The compiler knows no model of the fixture.
function productForm(options: Partial<ModelFormOptions<string>> = {}): ModelForm<Values> {
  const all: ModelFormOptions<string> = { fields: FIELDS, ...options };
  return modelForm('shop.product' as ModelKey, all as ModelFormOptions<never>) as ModelForm<Values>;
}

const SENT = Object.fromEntries(
  Object.entries(FULL).filter(([name]) =>
    FIELDS.some((field) => {
      const formName = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return name.replace(/_[01]$/, '') === formName || name === formName;
    }),
  ),
);

describe('a form of a model on a page of one’s own', () => {
  it('gives the values of each type as Prisma takes them, and shows them again', async () => {
    const form = productForm();
    const parsed = parseForm(form.schema, formOf({ ...SENT, is_online: 'on' }));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.state));
    expect(parsed.data).toMatchObject({
      serial: 9_007_199_254_740_993n,
      price: new Prisma.Decimal('0.10'),
      total: new Prisma.Decimal('1000000000000000.01'),
      isOnline: true,
      isTested: false,
      born: new Date('2028-02-29T00:00:00Z'),
      details: { a: 'x' },
      status: 'PART_PAID',
    });
    const row = await modelOf('product').create({ data: parsed.data });
    expect(form.filled(row)).toMatchObject({
      price: '0.10',
      total: '1000000000000000.0100000000',
      listed_0: '2028-02-29',
      status: 'part paid',
      is_online: 'on',
    });
    expect(form.filled()).toMatchObject({ price: '0.10', stock: '7', status: 'draft' });
  });

  it('says at each field what is wrong with it, and keeps what was typed', () => {
    const sent = { ...SENT, name: '', price: '0.105', born: '2027-02-29', status: 'gone' };
    const parsed = parseForm(productForm().schema, formOf(sent));
    expect(parsed).toMatchObject({
      ok: false,
      state: {
        values: { price: '0.105' },
        fieldErrors: {
          name: ['This field is required.'],
          price: ['Ensure that there are no more than 2 decimal places.'],
          born: ['Enter a valid date.'],
          status: ['Select a valid choice. That choice is not one of the available choices.'],
        },
      },
    });
  });

  it('takes of a foreign key what the page offers, and nothing else', async () => {
    const chair = await modelOf('product').create({ data: { name: 'Chair', note: '' } });
    const open = productForm({ fields: ['name', 'parent'] });
    expect(() => open.fields).toThrow('withChoices');
    const form = open.withChoices({ parent: [[String(chair['id']), 'Chair']] });
    const parse = (parent: string) => parseForm(form.schema, formOf({ name: 'Leg', parent }));
    expect(parse(String(chair['id']))).toEqual({
      ok: true,
      data: { name: 'Leg', parentId: chair['id'] },
    });
    expect(parse('')).toEqual({ ok: true, data: { name: 'Leg', parentId: null } });
    expect(parse('999')).toMatchObject({
      state: { fieldErrors: { parent: [expect.any(String)] } },
    });
  });

  it('says at their field, or of all together, what another row has', async () => {
    const data = { name: 'Chair', note: '', code: 'ab', shelf: 1 };
    await modelOf('product').create({ data });
    const form = productForm();
    const sent = formOf({ name: 'Chair' });
    const save = (change: object) =>
      form.save(sent, () => modelOf('product').create({ data: { ...data, ...change } }));
    expect(await save({ shelf: 2 })).toEqual({
      ok: false,
      state: {
        values: { name: 'Chair' },
        fieldErrors: { code: ['Product with this Code already exists.'] },
        formErrors: [],
      },
    });
    expect(await save({ code: 'cd' })).toMatchObject({
      state: { fieldErrors: {}, formErrors: ['Product with this Name and Shelf already exists.'] },
    });
    const gone = { name: 'Leg', code: 'ef', parentId: 999n };
    const keyed = productForm({ fields: ['name', 'parent'] });
    expect(
      await keyed.save(sent, () => modelOf('product').create({ data: { ...data, ...gone } })),
    ).toMatchObject({ state: { formErrors: ['What this names is gone by now: choose again.'] } });
    expect(await save({ name: 'Stool', code: 'gh' })).toMatchObject({ ok: true });
  });

  it('has a control for each kind, with the words of the model or its own', () => {
    const form = productForm({
      labels: { price: 'Net price' },
      helpTexts: { price: 'Without tax.' },
      radioFields: { status: 'horizontal' },
      autocompleteFields: ['last'],
      widgets: { note: 'textarea' },
    });
    const kinds = form.fields.map(({ name, widget }) => [
      name,
      widget.kind === 'text' ? widget.inputType : widget.kind,
    ]);
    expect(Object.fromEntries(kinds)).toMatchObject({
      name: 'text',
      note: 'textarea',
      stock: 'number',
      price: 'decimal',
      is_online: 'checkbox',
      is_tested: 'select',
      listed: 'datetime',
      born: 'date',
      opens: 'time',
      status: 'radio',
      last: 'combobox',
    });
    expect(form.fields.find(({ name }) => name === 'price')).toMatchObject({
      label: 'Net price',
      help: 'Without tax.',
      isRequired: true,
    });
    expect(() => productForm({ fields: ['picture'] }).fields).toThrow('cannot hold');
  });
});
