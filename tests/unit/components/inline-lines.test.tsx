import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { InlineLines } from '@/components/admin/form/inlines/inline-lines';
import { FormStateContext } from '@/components/forms/form-state';
import type { FormField } from '@/lib/contrib/admin/form/change-form';
import type { InlineView } from '@/lib/contrib/admin/inlines/inline-view';

const field: FormField = {
  name: 'lines-__prefix__-at',
  label: 'At',
  help: '',
  isRequired: true,
  widget: { kind: 'text', inputType: 'text' },
};
const line = (id: string) => ({
  id,
  name: `No. ${id}`,
  href: null,
  canDelete: true,
  fields: [field],
});

const view: InlineView = {
  kind: 'stacked',
  prefix: 'lines',
  title: 'Lines',
  noun: 'line',
  heads: [],
  lines: [line('5'), line('6')],
  blank: [field],
  blankValues: { 'lines-__prefix__-at': '9:00', 'initial-lines-__prefix__-at': '9:00' },
  minNum: 0,
  maxNum: 9,
  canDelete: true,
  key: 'order',
  further: null,
};

// The second line of the form is the first of the view, the third is new.
const values = {
  'lines-TOTAL_FORMS': '3',
  'lines-INITIAL_FORMS': '2',
  'lines-0-id': '6',
  'lines-1-id': '5',
  'lines-2-id': '',
  'lines-2-at': '9:30',
  'initial-lines-2-at': '9:00',
  // Of another inline of the same relation, whose prefix is "lines-2".
  'initial-lines-2-0-at': '7:00',
};

describe.each(['stacked', 'tabular'] as const)('lines that are %s', (kind) => {
  const fieldErrors = { 'lines-1': ['It is gone.'] };
  const html = renderToStaticMarkup(
    <FormStateContext value={{ values, fieldErrors, formErrors: [] }}>
      <InlineLines view={{ ...view, kind }} />
    </FormStateContext>,
  );
  const drawn = html.split('data-line="').slice(1);

  it('are known by their ids, wherever they stand, with what is wrong with them', () => {
    expect(drawn.map((each) => /No\. \d|New line/.exec(each)?.[0])).toEqual([
      'No. 6',
      'No. 5',
      'New line',
    ]);
    expect(drawn.map((each) => each.includes('It is gone.'))).toEqual([false, true, false]);
  });

  it('carry along what they were filled with, and nothing of other inlines', () => {
    const initial = [...html.matchAll(/name="(initial-[^"]*)" value="([^"]*)"/g)];
    expect(initial.map(([, name, value]) => [name, value])).toEqual([
      ['initial-lines-2-at', '9:00'],
    ]);
  });
});
