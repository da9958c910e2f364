import { beforeAll, describe, expect, it } from 'vitest';
import { changeForm, type FormField } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { formOf } from '@/tests/support/admin/object-forms';
import { requestOf } from '@/tests/support/admin/staff';
import {
  add,
  admin,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
  untouched,
} from '@/tests/support/every-type/forms';
import { modelOf } from '@/tests/support/every-type/site';

let chair: RowId;

beforeAll(async () => {
  const tearDown = await everyTypeAdmin();
  chair = await add('shop.product', { ...FULL, name: 'Chair' });
  await add('shop.product', {
    ...FULL,
    name: 'Stool',
    code: '',
    price: '25',
    born: '2028-01-31',
    listed_0: '2028-02-28',
  });
  await add('shop.product', {
    ...FULL,
    name: 'Bench',
    code: '',
    price: '10',
    born: '',
    listed_0: '2027-12-31',
    listed_1: '23:59:59',
  });
  return tearDown;
});

function productsWith(options: Partial<ModelAdmin['options']>): ModelAdmin {
  const screens = everyTypeScreens('shop.product');
  return { ...screens, meta: screens.meta, options: { ...screens.options, ...options } };
}

async function fieldOf(
  options: Partial<ModelAdmin['options']>,
  name: string,
  id: RowId | null = chair,
): Promise<FormField> {
  const screens = productsWith(options);
  const row = id === null ? null : await readSnapshot(db, screens, id);
  const { sections } = await changeForm(screens, row, { canChange: true });
  const field = sections.flatMap(({ fields }) => fields).find((each) => each.name === name);
  if (!field) throw new Error(`There is no ${name}.`);
  return field;
}

const list = (options: Partial<ModelAdmin['options']>, query = '') =>
  getChangeList(productsWith(options), admin(), new URLSearchParams(query));

const names = async (options: Partial<ModelAdmin['options']>, query: string) =>
  (await list(options, query)).rows.map(({ str }) => str);

describe('the controls of a form', () => {
  it('are radios for what is declared so, and read as a select is', async () => {
    const options = { radioFields: { status: 'horizontal', isTested: 'vertical' } } as const;
    expect(await fieldOf(options, 'status')).toMatchObject({
      widget: {
        kind: 'radio',
        isVertical: false,
        choices: [
          ['draft', 'Draft'],
          ['sent', 'Sent'],
          ['part paid', 'Part paid'],
        ],
      },
    });
    expect(await fieldOf(options, 'is_tested')).toMatchObject({
      widget: { kind: 'radio', isVertical: true },
    });
  });

  it('are ids to be typed for raw id fields, one or several', async () => {
    const options = { rawIdFields: ['parent', 'similar'] };
    expect(await fieldOf(options, 'parent')).toMatchObject({
      widget: { kind: 'rawId', href: '/admin/shop/product/', text: '' },
    });
    const [stool, bench] = await modelOf('product').findMany({
      where: { name: { in: ['Stool', 'Bench'] } },
      orderBy: { id: 'asc' },
    });
    const ids = `${stool?.['id']}, ${bench?.['id']},`;
    const form = formOf({
      ...(await untouched('shop.product', chair)),
      parent: String(stool?.['id']),
      similar: ids,
    });
    const screens = productsWith(options);
    const saved = await saveObject(screens, requestOf(admin()), { id: chair, form, isFresh: true });
    expect(saved).toMatchObject({ kind: 'saved' });
    expect(await readSnapshot(db, screens, chair)).toMatchObject({
      parentId: stool?.['id'],
      similar: [stool?.['id'], bench?.['id']],
    });
    expect(await fieldOf(options, 'similar')).toMatchObject({ widget: { text: 'Bench, Stool' } });
    form.set('similar', '1, x');
    form.delete('_version');
    expect(
      await saveObject(screens, requestOf(admin()), { id: chair, form, isFresh: true }),
    ).toMatchObject({
      errors: { similar: ['“x” is not a valid value.'] },
    });
  });

  it('of ids take none of a row that the person may not see, whether it is there or not', async () => {
    const [bench] = await modelOf('product').findMany({ where: { name: 'Bench' } });
    const hidden = productsWith({ getQueryset: () => Prisma.sql`t.name <> 'Bench'` });
    const screens = {
      ...productsWith({ rawIdFields: ['parent', 'similar'] }),
      site: { find: (key: string) => (key === 'shop.product' ? hidden : null) },
    };
    const sent = { ...(await untouched('shop.product', null)), ...FULL, name: 'New', code: '' };
    for (const id of [String(bench?.['id']), '999999']) {
      for (const name of ['parent', 'similar']) {
        const form = formOf({ ...sent, [name]: id });
        expect(
          await saveObject(screens, requestOf(admin()), { id: null, form, isFresh: true }),
        ).toMatchObject({
          errors: { [name]: [`Select a valid choice. ${id} is not one of the available choices.`] },
        });
      }
    }
  });

  it('are what a field or its kind is given', async () => {
    const options = {
      widgets: { name: 'url' },
      formfieldOverrides: { text: { widget: 'textarea' }, json: { widget: 'text' } },
    } as const;
    expect(await fieldOf(options, 'name')).toMatchObject({
      widget: { kind: 'text', inputType: 'url' },
    });
    expect(await fieldOf(options, 'code')).toMatchObject({ widget: { kind: 'textarea' } });
    expect(await fieldOf(options, 'details')).toMatchObject({ widget: { kind: 'text' } });
    expect(await fieldOf(options, 'stock')).toMatchObject({ widget: { inputType: 'number' } });
  });

  it('are filled from others on a new row alone', async () => {
    const screens = productsWith({ prepopulatedFields: { code: ['name', 'isOnline'] } });
    const empty = await changeForm(screens, null, { canChange: true });
    expect(empty.prepopulated).toEqual([
      { name: 'code', from: ['name', 'is_online'], maxLength: 4 },
    ]);
    const row = await readSnapshot(db, screens, chair);
    expect((await changeForm(screens, row, { canChange: true })).prepopulated).toEqual([]);
  });

  it('stand above what is computed from the row, which no form changes', async () => {
    const sum = {
      name: 'sum',
      label: 'Stock and more',
      value: ({ stock }: Row) => `${Number(stock) + 1}`,
    };
    const options = { readonlyFields: ['name', sum], emptyValueDisplay: '(none)' };
    expect(await fieldOf(options, 'sum')).toMatchObject({
      label: 'Stock and more',
      widget: null,
      texts: ['-2'],
    });
    expect(await fieldOf(options, 'name')).toMatchObject({ widget: null, texts: ['Chair'] });
    expect(await fieldOf(options, 'picture')).toMatchObject({ texts: ['(none)'] });
    await expect(fieldOf(options, 'sum', null)).rejects.toThrow('There is no sum.');
  });

  it('name model and field where a form cannot hold one that is declared', async () => {
    const shown = await fieldOf({ fieldsets: [{ title: null, fields: ['picture'] }] }, 'picture');
    expect(shown.widget).toBeNull();
    await expect(list({ listFilter: ['picture'] })).rejects.toThrow(
      'shop.product cannot be filtered by picture.',
    );
    await expect(list({ ordering: ['details'] })).rejects.toThrow(
      'shop.product cannot be sorted by details.',
    );
    await expect(list({ searchFields: ['picture'] }, 'q=x')).rejects.toThrow(
      'shop.product cannot be searched by picture.',
    );
    await expect(list({ dateHierarchy: 'name' })).rejects.toThrow(
      'shop.product cannot be narrowed down by name',
    );
  });
});

describe('a list', () => {
  it('shows what is declared for what is not there', async () => {
    const options = { listDisplay: ['name', 'born'], emptyValueDisplay: '???' };
    const { rows } = await list(options, 'name=Bench');
    expect(rows[0]?.cells[1]).toEqual({ kind: 'text', value: '???' });
    expect((await list({ listDisplay: ['name', 'born'] }, 'name=Bench')).rows[0]?.cells[1]).toEqual(
      { kind: 'empty' },
    );
  });

  it('is filtered by ranges', async () => {
    const ranges = [
      { label: 'Under 10', to: '10' },
      { label: '10 to 25', from: '10', to: '25' },
      { label: '25 and more', from: '25' },
    ];
    const options = { listFilter: [{ field: 'price', ranges }] };
    const { filters } = await list(options, 'price__gte=10&price__lt=25');
    expect(filters[0]).toMatchObject({ title: 'price', isActive: true });
    const found = [];
    for (const { label, query, isSelected } of filters[0]?.choices ?? []) {
      found.push([label, isSelected, await names(options, query)]);
    }
    expect(found).toEqual([
      ['All', false, ['Chair', 'Bench', 'Stool']],
      ['Under 10', false, ['Chair']],
      ['10 to 25', true, ['Bench']],
      ['25 and more', false, ['Stool']],
    ]);
  });

  it.each(['born', 'listed'])(
    'is narrowed down by the years, months and days of %s',
    async (name) => {
      const options = { dateHierarchy: name };
      const read = async (query: string) => {
        const { dates, rows } = await list(options, query);
        return [dates?.back?.label ?? null, dates?.choices.map(({ label }) => label), rows.length];
      };
      const of = (...parts: number[]) =>
        ['year', 'month', 'day']
          .slice(0, parts.length)
          .map((part, i) => `${name}__${part}=${parts[i]}`)
          .join('&');
      if (name === 'born') {
        // All of one year, so of the months at once.
        expect(await read('')).toEqual([null, ['January 2028', 'February 2028'], 3]);
        expect(await read(of(2028))).toEqual(['All dates', ['January 2028', 'February 2028'], 2]);
      } else {
        expect(await read('')).toEqual([null, ['2027', '2028'], 3]);
        expect(await read(of(2028))).toEqual(['All dates', ['February 2028'], 2]);
        expect(await read(of(2028, 2))).toEqual(['2028', ['28 February', '29 February'], 2]);
      }
      expect(await read(of(2028, 2, 29))).toEqual(['February 2028', ['29 February'], 1]);
      await expect(read(of(2027, 2, 29))).rejects.toMatchObject({ name: 'IncorrectLookup' });
      const { dates } = await list(options, `${of(2028, 2)}&q=x&p=2`.replace('&p=2', ''));
      expect(dates?.back?.query).toBe(`${name}__year=2028&q=x`);
    },
  );

  it('finds a month and a day of any year', async () => {
    expect(await names({}, 'born__month=2')).toEqual(['Chair']);
    expect(await names({}, 'born__day=31')).toEqual(['Stool']);
    expect(await names({}, 'listed__month=12')).toEqual(['Bench']);
    await expect(names({}, 'born__month=13')).rejects.toMatchObject({ name: 'IncorrectLookup' });
  });
});
