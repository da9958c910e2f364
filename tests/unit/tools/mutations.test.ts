import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource, repositoryRoot } from '@/tests/support/sources';
import { ALL_MUTATIONS, MUTATIONS } from '../../mutations/mutations';

describe('the mutations', () => {
  it.each(MUTATIONS)('fit the code still: $what', ({ file, from, to, tests }) => {
    expect(readSource(file).split(from)).toHaveLength(2);
    expect(from).not.toBe(to);
    for (const test of tests) expect(existsSync(path.join(repositoryRoot, test))).toBe(true);
  });

  it('are told apart by what they break', () => {
    expect(new Set(ALL_MUTATIONS.map(({ what }) => what)).size).toBe(ALL_MUTATIONS.length);
    expect(ALL_MUTATIONS.length).toBeGreaterThanOrEqual(25);
  });
});
