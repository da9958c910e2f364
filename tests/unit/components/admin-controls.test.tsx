import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FormLine } from '@/components/admin/form/form-line';
import { slugOf } from '@/components/admin/form/slug';
import { DateBar } from '@/components/admin/list/date-bar';
import { FormStateContext } from '@/components/forms/form-state';
import type { FormField } from '@/lib/contrib/admin/form/change-form';
import type { Widget } from '@/lib/contrib/admin/form/widgets';
import { modelMeta } from '@/lib/contrib/admin/meta';

function drawn(widget: Widget, value: string, isRequired = true): string {
  const field: FormField = { name: 'price', label: 'Price', help: 'In euros.', isRequired, widget };
  const state = { values: { price: value }, fieldErrors: { price: ['No.'] }, formErrors: [] };
  return renderToStaticMarkup(
    <FormStateContext value={state}>
      <FormLine field={field} />
    </FormStateContext>,
  );
}

describe('controls of a form', () => {
  it.each([
    ['decimal', 'type="text"', 'inputMode="decimal"'],
    ['number', 'type="text"', 'inputMode="numeric"'],
    ['date', 'type="date"', 'value="2028-02-29"'],
    ['time', 'type="time"', 'step="any"'],
    ['url', 'type="url"', 'name="price"'],
  ] as const)('of kind %s', (inputType, ...parts) => {
    const html = drawn({ kind: 'text', inputType }, '2028-02-29');
    for (const part of [...parts, 'aria-describedby="id_price_error id_price_hint"', 'In euros.']) {
      expect(html).toContain(part);
    }
  });

  it('are radios under one name and one legend, with "None" for what may be empty', () => {
    const choices = [
      ['draft', 'Draft'],
      ['sent', 'Sent'],
    ] as const;
    const html = drawn({ kind: 'radio', choices, isVertical: false }, 'sent', false);
    expect(html.match(/<input type="radio"[^>]*>/g)?.map((input) => /checked/.test(input))).toEqual(
      [false, false, true],
    );
    expect(html).toContain('<legend class="font-semibold">Price');
    expect(html).toContain('None');
    expect(drawn({ kind: 'radio', choices, isVertical: true }, 'sent')).not.toContain('None');
  });

  it.each<[string, Widget]>([
    ['a text', { kind: 'text', inputType: 'text' }],
    ['a date with its time', { kind: 'datetime' }],
    ['radios', { kind: 'radio', choices: [['a', 'A']], isVertical: true }],
    ['a list', { kind: 'select', choices: [['a', 'A']] }],
    ['an id', { kind: 'rawId', href: '/admin/auth/group/', text: '' }],
  ])('say of %s that it may be left out, where it may', (_, widget) => {
    expect(drawn(widget, '', false)).toContain(' (optional)</span>');
    expect(drawn(widget, '')).not.toContain('(optional)');
  });

  it('are ids with what they name, and a link to find them', () => {
    const html = drawn({ kind: 'rawId', href: '/admin/auth/group/', text: 'Editors' }, '7');
    for (const part of ['value="7"', 'Now: Editors.', 'href="/admin/auth/group']) {
      expect(html).toContain(part);
    }
  });
});

describe('a slug', () => {
  it.each([
    ['Crème brûlée & Öl', 'creme-brulee-ol'],
    ['  A  --  b_c  ', 'a-b_c'],
    ['Straße 7', 'strasse-7'],
    ['👩‍🚀', ''],
  ])('of %j is %j', (text, slug) => {
    expect(slugOf(text, 50)).toBe(slug);
  });

  it('is no longer than its column', () => {
    expect(slugOf('one two three', 7)).toBe('one-two');
    expect(slugOf('one two three', 8)).toBe('one-two');
  });
});

it('dates of a list are links to its parts, and the way back', () => {
  const dates = {
    title: 'date joined',
    back: { label: 'All dates', query: 'q=x' },
    choices: [{ label: 'May 2026', query: 'date_joined__month=5&date_joined__year=2026&q=x' }],
    isDay: false,
  };
  const html = renderToStaticMarkup(<DateBar meta={modelMeta('auth.group')} dates={dates} />);
  expect(html).toContain('?q=x"');
  expect(html).toContain('date_joined__month=5&amp;date_joined__year=2026&amp;q=x');
  expect(html).toContain('aria-label="By date joined"');
});
