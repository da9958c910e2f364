import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIn, pack, sizeOf } from '@/components/admin/matrix/packed';

describe('pack', () => {
  it('says of each permission what was said of it, and of no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat()), fc.func(fc.boolean()), (ids, isMeant) => {
        const packed = pack(ids, isMeant);
        expect(sizeOf(packed)).toBe(ids.length);
        for (const [place, id] of ids.entries()) expect(isIn(packed, place)).toBe(isMeant(id));
        for (const place of [-1, ids.length, 0.5]) expect(isIn(packed, place)).toBe(false);
      }),
      { seed: 1 },
    );
  });
});
