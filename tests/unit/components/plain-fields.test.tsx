import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { PlainFields } from '@/components/admin/list/plain-fields';
import type { ModelFormField, ModelWidget } from '@/lib/contrib/admin/form/model-form';

const field = (name: string, widget: ModelWidget): ModelFormField => ({
  ...{ name, widget, label: `The ${name}`, help: '', isRequired: true, maxLength: null },
});

const choices = [
  [1, 'One'],
  [2, 'Two'],
] as const;

it('fields of an action are drawn with what was typed and what is wrong, without a script', () => {
  const html = renderToStaticMarkup(
    createElement(PlainFields, {
      fields: [
        field('title', { kind: 'text', inputType: 'text' }),
        field('body', { kind: 'textarea' }),
        field('open', { kind: 'checkbox' }),
        field('due', { kind: 'datetime' }),
        field('kind', { kind: 'select', choices }),
        field('size', { kind: 'radio', choices, isVertical: true }),
        field('author', { kind: 'combobox', choices }),
        field('price', { kind: 'text', inputType: 'decimal' }),
      ],
      state: {
        values: {
          title: '"<x>',
          body: 'B',
          open: 'on',
          due_0: '2026-01-02',
          kind: '2',
          price: '0.10',
        },
        fieldErrors: { title: ['Too long.'] },
        formErrors: ['Not today.'],
      },
    }),
  );
  expect(html).toContain('value="&quot;&lt;x&gt;"');
  expect(html).toMatch(
    /<input id="id_title"[^>]*aria-invalid="true" aria-describedby="id_title_error"/,
  );
  expect(html).toContain('<ul id="id_title_error"');
  expect(html).toMatch(/<textarea[^>]*name="body"[^>]*>B<\/textarea>/);
  expect(html).toMatch(/<input[^>]*name="open"[^>]*checked=""/);
  expect(html).toMatch(/<input[^>]*name="due_0"[^>]*value="2026-01-02"/);
  expect(html).toContain('name="due_1"');
  expect(html).toContain('<option value="2" selected="">Two</option>');
  for (const name of ['kind', 'size', 'author']) expect(html).toMatch(`<select id="id_${name}"`);
  const [price = ''] = /<input id="id_price"[^>]*>/.exec(html) ?? [];
  expect(price).toContain('type="text"');
  expect(price).toContain('value="0.10"');
  expect(html).toContain('<p role="alert" class="text-danger">Not today.</p>');
});
