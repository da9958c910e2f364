import fc from 'fast-check';
import { nasty } from '@/tests/support/attack/nasty';

const FIELDS = [
  ...['id', 'pk', 'name', 'code', 'note', 'stock', 'shelf', 'serial', 'weight', 'price', 'total'],
  ...['is_online', 'is_tested', 'listed', 'whole', 'born', 'opens', 'details', 'picture', 'status'],
  ...['token', 'address', 'mask', 'flags', 'circle', 'parent', 'parent_id', 'categories', 'labels'],
  ...[
    'lines',
    'leaflet',
    'number',
    'placed',
    'editor',
    'product',
    'order',
    'quantity',
    '__proto__',
  ],
];
const LOOKUPS = [
  ...['', '__exact', '__iexact', '__gt', '__gte', '__lt', '__lte', '__in', '__isnull', '__range'],
  ...[
    '__contains',
    '__startswith',
    '__regex',
    '__year',
    '__month',
    '__day',
    '__date',
    '__week_day',
  ],
  ...[
    '__id__exact',
    '__id',
    '__name',
    '__pk__in',
    '__year__gte',
    '__gte__gte',
    '__',
    '__parent__id',
  ],
];
const OWN = [
  'q',
  'o',
  'p',
  'all',
  'e',
  '_facets',
  '_find_parent',
  '_find_name',
  '_find_categories',
];
const FURTHER = ['_changelist_filters', '_kept', 'next', '_related', 'lines-0-product', 'parent'];

const VALUES = [
  ...['0.10', '1e2', '-0', 'NaN', 'Infinity', '9223372036854775808', '99999999999.999', '1.0'],
  ...['2028-02-29', '2027-02-29', '0000-01-01', '9999-12-31', '10000-01-01', '24:00', '00:00'],
  ...[
    'draft',
    'part paid',
    'DRAFT',
    'true',
    'None',
    '[]',
    '{"a": [1]}',
    '{',
    '101',
    '2',
    '1,2',
    ',',
  ],
  ...['::1', '300.1.1.1', '0a0b0c0d-0000-4000-8000-00000000ffff', '%', '_', '\\', "'", '-1.2.3'],
  ...['on', 'off', 'mark_sent', 'delete_selected', 'export_selected', '__prefix__'],
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 2, arbitrary: nasty.map((value) => value.toString().slice(0, 3000)) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 12 }).map(String) },
);

const key = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...LOOKUPS))
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: fc.constantFrom(...OWN, ...FURTHER) },
);

/** What is done to a form: the field at a place is set, left out, or sent twice. */
const change = fc.record({
  at: fc.nat({ max: 400 }),
  kind: fc.constantFrom('set', 'set', 'set', 'drop', 'twice'),
  value: text,
});

/** A request that a page may or may not make; `target` and `id` are taken modulo what there is. */
export const generated = fc.record({
  target: fc.nat({ max: 10_000 }),
  /** Null for a row that is there. */
  id: fc.option(text, { freq: 3 }),
  query: fc.array(fc.tuple(key, text), { maxLength: 3 }),
  changes: fc.array(change, { maxLength: 4 }),
  further: fc.array(
    fc.tuple(
      fc.constantFrom(
        ...[
          'lines-TOTAL_FORMS',
          'lines-INITIAL_FORMS',
          'lines-0-id',
          'lines-0-DELETE',
          '_addrow-lines',
        ],
        ...[
          'form-TOTAL_FORMS',
          'form-0-id',
          '_saveasnew',
          '_continue',
          '_addanother',
          'action',
          'post',
        ],
        ...['_selected_action', 'select_across', '_beside', '_id', '_version', '_model', '_query'],
      ),
      text,
    ),
    { maxLength: 2 },
  ),
});

export type Generated = typeof generated extends fc.Arbitrary<infer T> ? T : never;

/** A query of an address, with what is no text of Unicode made one. */
export function queryOf({ query }: Generated): string {
  return new URLSearchParams(query.map(([name, value]) => [name, value.toWellFormed()])).toString();
}

/** A form with its fields changed. */
export function changedForm(
  fields: Readonly<Record<string, string | readonly string[]>>,
  { changes, further }: Generated,
): FormData {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  for (const { at, kind, value } of changes) {
    const place = at % Math.max(1, pairs.length);
    const [name] = pairs[place] ?? [''];
    if (kind === 'drop') pairs.splice(place, 1);
    else if (kind === 'twice') pairs.push([name, value]);
    else pairs[place] = [name, value];
  }
  const form = new FormData();
  for (const [name, value] of [...pairs, ...further]) form.append(name, value);
  return form;
}
