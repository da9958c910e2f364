import { describe, expect, it } from 'vitest';
import {
  areSameSources,
  bySource,
  distinct,
  hasSource,
  type Source,
} from '@/lib/contrib/auth/permissions/sources';

const group = (id: number, name: string): Source => ({ kind: 'group', id, name });
const rule = (backend: string, reason: string): Source => ({ kind: 'backend', backend, reason });
const direct: Source = { kind: 'direct' };

describe('sources', () => {
  it('are the same by the id of a group, and by backend and reason of a rule', () => {
    const all = [direct, group(1, 'a'), group(2, 'a'), rule('x', 'y'), rule('x', 'z')];
    expect(distinct([...all, group(1, 'renamed'), ...all])).toHaveLength(all.length);
    expect(hasSource(all, group(2, 'b'))).toBe(true);
    expect(hasSource(all, { kind: 'superuser' })).toBe(false);
  });

  it('are compared in any order', () => {
    expect(areSameSources([direct, group(1, 'a')], [group(1, 'a'), direct])).toBe(true);
    expect(areSameSources([direct], [direct, group(1, 'a')])).toBe(false);
    expect(areSameSources([direct, group(2, 'a')], [direct, group(1, 'a')])).toBe(false);
  });

  it("stand with the user's own grant first, groups by name, and rules last", () => {
    const sorted = [group(1, 'b'), rule('x', 'y'), group(2, 'B'), direct].sort(bySource);
    expect(sorted).toEqual([direct, group(2, 'B'), group(1, 'b'), rule('x', 'y')]);
  });
});
