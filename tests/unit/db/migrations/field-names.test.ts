import { describe, expect, it } from 'vitest';
import { fieldName, fieldNames } from '@/lib/db/migrations/described-columns';

describe('what a column is called in TypeScript', () => {
  it.each([
    ['is_active', 'isActive'],
    ['Class', 'class'],
    ['a__b', 'aB'],
    ['_hidden', 'hidden'],
    ['trailing_', 'trailing'],
    ['2nd', 'f2nd'],
    ['with space', 'withSpace'],
    ['naïve', 'naive'],
    ['größe-in-m²', 'groEInM2'],
    ['"quoted"', 'quoted'],
    ['名前', 'f'],
    ['constructor', 'fConstructor'],
  ])('of %s is %s', (column, name) => {
    expect(fieldName(column)).toBe(name);
  });

  it('is no name twice in a table, not even in another case', () => {
    const columns = ['camelCase', 'camel_case', 'Camel Case', 'camelcase', '名前', '住所'];
    expect([...fieldNames(columns).values()]).toEqual([
      ...['camelCase', 'camelCase2', 'camelCase3', 'camelcase4', 'f', 'f2'],
    ]);
  });
});
