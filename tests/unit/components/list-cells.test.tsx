import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { EditedRows } from '@/components/admin/list/editable/editable-form';
import { rowsInForm } from '@/components/admin/list/editable/rows-in-form';
import { type FieldCell, ResultRows, type ShownCell } from '@/components/admin/list/result-rows';
import { FormStateContext } from '@/components/forms/form-state';

const stay = () => {};
const router = {
  bfcacheId: '',
  back: stay,
  forward: stay,
  refresh: stay,
  push: stay,
  replace: stay,
  prefetch: stay,
};

function drawn(rows: ReactNode, values: Record<string, string> = {}): string {
  return renderToStaticMarkup(
    <AppRouterContext value={router}>
      <FormStateContext value={{ values, fieldErrors: {}, formErrors: [] }}>
        <table>{rows}</table>
      </FormStateContext>
    </AppRouterContext>,
  );
}

const cells: readonly ShownCell[] = [
  true,
  false,
  null,
  'Chair',
  { time: '2028-02-29T00:00:00.000Z', text: '29 February 2028' },
  { node: <b>Own</b> },
];
const columns = cells.map((_, index) => {
  const name = `column${index}`;
  return { name, label: name, isLink: false, isStacked: false };
});
const shared = { columns, menu: [], canSelect: false, path: '/admin/shop/product/', back: '' };

function fieldCell(cell: ShownCell, index: number): FieldCell {
  const name = `form-__prefix__-column${index}`;
  const widget = { kind: 'text', inputType: 'text' } as const;
  const field = { name, label: name, help: '', isRequired: false, widget };
  return { field, isFirst: index === 0, cell };
}

it('says beside a number or a time what it is of, for where no head stands above it', () => {
  const counted: readonly ShownCell[] = [
    '3 chairs',
    '1,204',
    { cell: 'sentence', parts: [{ text: '10,000+', href: '/admin/' }] },
    { time: '2028-02-29T00:00:00.000Z', text: '3 days ago' },
  ];
  const row = { id: 7, str: 'Chair', cells: counted };
  const markup = drawn(<ResultRows {...shared} rows={[row]} />);
  const named = [...markup.matchAll(/data-name="(\w+)"/g)].map(([, name]) => name);
  expect(named).toEqual(['column1', 'column2', 'column3']);
});

describe('a list whose rows are changed there', () => {
  it('shows a row that its form does not hold as any list does', () => {
    const row = { id: 7, str: 'Chair' };
    const plain = drawn(<ResultRows {...shared} rows={[{ ...row, cells }]} />);
    const fields = cells.map(fieldCell);
    expect(drawn(<EditedRows {...shared} rows={[{ ...row, cells: fields }]} />)).toBe(plain);
    expect(plain).toContain('data-yes="true"');
    expect(plain).toContain('<time');
  });

  it('has a row’s controls by its id, wherever it stands in the form', () => {
    const rows = [7, 8].map((id) => ({ id, str: `${id}`, cells: ['Old'].map(fieldCell) }));
    const values = { 'form-TOTAL_FORMS': '1', 'form-0-id': '8', 'form-0-column0': 'New' };
    const html = drawn(
      <EditedRows {...shared} columns={columns.slice(0, 1)} rows={rows} />,
      values,
    );
    expect(html.match(/<bdi>Old<\/bdi>/g)).toHaveLength(1);
    expect(html).toContain('name="form-0-id" value="8"');
    expect(html).toMatch(/<input[^>]*name="form-0-column0"[^>]*value="New"/);
  });

  it('knows the rows of a form by their ids, as many as it says', () => {
    const values = {
      'form-TOTAL_FORMS': '3',
      'form-0-id': '5',
      'form-2-id': '6',
      'form-3-id': '7',
    };
    expect([...rowsInForm(values)]).toEqual([
      ['5', 'form-0'],
      ['6', 'form-2'],
    ]);
  });
});
