import { describe, expect, it } from 'vitest';
import { compareRowIds, type IdType, parseRowId, rowIdOf, rowIdsIn } from '@/lib/forms/row-id';

const column = (idType: IdType, idNative?: string) => ({ idType, idNative });

describe('parseRowId', () => {
  it.each<[IdType, string, unknown]>([
    ['integer', '1', 1],
    ['integer', '2147483647', 2_147_483_647],
    ['integer', '2147483648', null],
    ['bigint', '9007199254740993', 9_007_199_254_740_993n],
    ['bigint', '9223372036854775807', 9_223_372_036_854_775_807n],
    ['bigint', '9223372036854775808', null],
    ['uuid', '0A0B0C0D-0000-4000-8000-00000000FFFF', '0a0b0c0d-0000-4000-8000-00000000ffff'],
    ['uuid', '0a0b0c0d00004000800000000000ffff', '0a0b0c0d-0000-4000-8000-00000000ffff'],
    ['text', 'a/b', 'a/b'],
  ])('of %s takes %s for %o', (type, text, id) => {
    expect(parseRowId(text, column(type))).toBe(id);
  });

  it.each(['', '0', '-1', '01', '1.0', '1e3', ' 1', '1\0', '٣', 'x'.repeat(501), '9'.repeat(40)])(
    'takes %j for no id of any kind',
    (text) => {
      for (const type of ['integer', 'bigint', 'uuid'] as const) {
        expect(parseRowId(text, column(type))).toBeNull();
      }
    },
  );

  it.each([
    [
      'inet',
      ['192.0.2.7', '10.0.0.0/8', '2001:db8::1'],
      ['x', '300.1.1.1', '::1/129', 'fe80::1%a'],
    ],
    ['bit', ['101'], ['x', '2']],
  ] as const)('of %s takes a text that is one', (native, right, wrong) => {
    for (const text of right) expect(parseRowId(text, column('text', native))).toBe(text);
    for (const text of wrong)
      expect([text, parseRowId(text, column('text', native))]).toEqual([text, null]);
  });

  it('of smallint takes a smaller number', () => {
    expect(parseRowId('32767', column('integer', 'smallint'))).toBe(32_767);
    expect(parseRowId('32768', column('integer', 'smallint'))).toBeNull();
  });

  it('of the 32 characters in which a Django keeps UUIDs on SQLite takes either spelling', () => {
    const digits = '0a0b0c0d00004000800000000000ffff';
    const uuids = column('text', 'varchar(32)');
    expect(parseRowId('0A0B0C0D-0000-4000-8000-00000000FFFF', uuids)).toBe(digits);
    expect(parseRowId(digits, uuids)).toBe(digits);
    expect(parseRowId(digits.toUpperCase(), uuids)).toBe(digits.toUpperCase());
    expect(parseRowId('a-b', uuids)).toBe('a-b');
  });

  it('takes no text that no row can have', () => {
    for (const text of ['', 'a\0', 'x'.repeat(501)])
      expect(parseRowId(text, column('text'))).toBeNull();
  });
});

it('ids of statements have the type that Prisma gives them, and one order', () => {
  expect([rowIdOf(7n, 'integer'), rowIdOf('7', 'bigint'), rowIdOf(7, 'bigint')]).toEqual([
    7,
    7n,
    7n,
  ]);
  expect([10n, 9n, 9n].sort(compareRowIds)).toEqual([9n, 9n, 10n]);
  expect(rowIdsIn([1, null, 'a', {}])).toEqual([1, 'a']);
  expect(rowIdsIn(null)).toEqual([]);
});
