import { describe, expect, it } from 'vitest';
import { describedColumns, fieldName } from '@/lib/db/migrations/described-columns';

describe('fieldName', () => {
  it.each([
    ['is_active', 'isActive'],
    ['Legacy_Code', 'legacyCode'],
    ['_hidden', 'hidden'],
    ['2fa_code', 'f2faCode'],
    ['line__2', 'line2'],
  ])('of %s is a name in TypeScript', (column, name) => expect(fieldName(column)).toBe(name));
});

describe('describedColumns', () => {
  it('are the columns alone, with type and null as the catalogue has them', () => {
    const described = new Map([
      ['column id', 'bigint not null, numbered without reuse'],
      ['column born at', 'timestamp with time zone null'],
      ['primary key (id)', 'on every row'],
    ]);
    expect(describedColumns(described)).toEqual([
      { column: 'id', type: 'bigint', isRequired: true },
      { column: 'born at', type: 'timestamp with time zone', isRequired: false },
    ]);
  });
});
