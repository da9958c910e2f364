import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeMessageText } from '@/lib/contrib/admin/change-message';

const key = fc.oneof(
  fc.constantFrom('added', 'changed', 'deleted', 'fields', 'name', 'object', '__proto__', 'length'),
  fc.string({ maxLength: 3 }),
);
const { value } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, true, false, 5, -0, 1e308, '', '\u0000', '\ud800', '   ', 'Title'),
    fc.string({ maxLength: 5, unit: 'binary' }),
  ),
  value: fc.oneof(
    { maxDepth: 5 },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));

describe('changeMessageText', () => {
  it('says what Django stores', () => {
    const said = [
      ['', ''],
      ['Changed by hand.', 'Changed by hand.'],
      ['[]', 'No fields changed.'],
      ['[{"added": {}}]', 'Added.'],
      ['[{"changed": {"fields": ["Title", "Body"]}}]', 'Changed Title and Body.'],
      ['[{"added": {"name": "tag", "object": "  "}}]', 'Added tag “–”.'],
      [
        '[{"changed": {"fields": ["Title"], "name": "tag", "object": "Red"}}, {"deleted": {"name": "tag", "object": "Blue"}}]',
        'Changed Title for tag “Red”. Deleted tag “Blue”.',
      ],
    ] as const;
    for (const [stored, text] of said) expect(changeMessageText(stored)).toBe(text);
  });

  it('says nothing of what is no message, beside what is one', () => {
    for (const stored of [
      '[1,null,{"changed":5}]',
      '[null]',
      '[[]]',
      '["added"]',
      '[{"added":1},{"deleted":[]},{"changed":"x"}]',
      '[{"changed":{}}]',
      '[{"changed":{"fields":"Title"}}]',
      '[{"changed":{"fields":[1,null,{}]}}]',
    ]) {
      expect([stored, changeMessageText(stored)]).toEqual([stored, '']);
    }
    expect(changeMessageText('[1,{"added":{}},{"changed":{"fields":["A",7]}}]')).toBe(
      'Added. Changed A.',
    );
    expect(changeMessageText('[{"added":{"name":"tag","object":{}}}]')).toBe('Added tag.');
    expect(changeMessageText('[{"added"')).toBe('[{"added"');
    expect(changeMessageText(`${'['.repeat(40_000)}1${']'.repeat(40_000)}`)).toBe('');
    expect(changeMessageText(JSON.stringify([{ added: { name: 'x'.repeat(200_000) } }]))).toBe('');
  });

  it('answers with a text whatever is stored', () => {
    const stored = fc.oneof(
      fc.array(value, { maxLength: 4 }).map((each) => JSON.stringify(each)),
      value.map((each) => JSON.stringify(each)),
      fc.string().map((text) => `[${text}`),
    );
    fc.assert(
      fc.property(stored, (text) => {
        const said = changeMessageText(text);
        expect(typeof said).toBe('string');
        expect(said.includes('[object Object]') && !text.includes('[object Object]')).toBe(false);
      }),
      { numRuns: 2000, seed: 15 },
    );
  });
});
