import { describe, expect, it } from 'vitest';
import { readColumn } from '@/lib/contrib/admin/form/read-column';
import { type ColumnMeta, laidOutJson } from '@/lib/contrib/admin/form/values';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { comparedValue } from '@/lib/contrib/admin/lookups/typed-lookups';

const DETAILS: ColumnMeta = {
  ...{ kind: 'json', name: 'details', formName: 'details', column: 'details' },
  ...{ verboseName: 'details', helpText: '', isBlank: true, isRequired: false, isUnique: false },
  ...{ maxLength: null, choices: null },
};

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('JSON of many levels', () => {
  it('is taken up to a hundred', () => {
    expect(readColumn(DETAILS, nested(100))).toEqual({ value: JSON.parse(nested(100)) });
    const error = ['Ensure that there are no more than 100 levels of nesting.'];
    for (const text of [nested(101), nested(5000), `{"a": [${nested(99)}]}`]) {
      expect(readColumn(DETAILS, text)).toEqual({ error });
    }
  });

  it('is no fault of the server in a query either', () => {
    for (const text of [nested(1), nested(5000), '[']) {
      expect(() => comparedValue(DETAILS, text)).toThrow(IncorrectLookup);
    }
  });

  it('is laid out where that does not make it much longer', () => {
    expect(laidOutJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(laidOutJson(JSON.parse(nested(100)))).toBe(nested(100));
  });
});
