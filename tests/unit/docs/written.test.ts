import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '@/scripts/docs/reference';
import { writtenDocs } from '@/scripts/docs/written';
import { readSource, repositoryRoot } from '@/tests/support/sources';

describe('docs made from the code', () => {
  it('are as `npm run docs` makes them', () => {
    const stale = [...writtenDocs(repositoryRoot)].filter(
      ([name, text]) => !existsSync(name) || readSource(name) !== text,
    );
    expect(stale.map(([name]) => name)).toEqual([]);
  });
});

describe('entriesOf', () => {
  it('has what is exported with a docstring, without its body', () => {
    const source = [
      '/** Adds. */',
      'export function add(a: number, b: { c: number }): number { return a + b.c; }',
      '/** How many. */',
      'export const MANY = 3;',
      '/** Not exported. */',
      'function hidden() {}',
      'export const bare = hidden;',
    ].join('\n');
    expect(entriesOf('lib/a.ts', source)).toEqual([
      {
        name: 'add',
        signature: 'function add(a: number, b: { c: number }): number',
        text: 'Adds.',
        file: 'lib/a.ts',
      },
      { name: 'MANY', signature: 'const MANY', text: 'How many.', file: 'lib/a.ts' },
    ]);
  });
});
