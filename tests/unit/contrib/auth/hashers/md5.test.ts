import { describe, expect, it } from 'vitest';
import { md5 } from '@/lib/contrib/auth/hashers/md5';

const VECTOR = 'md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3';

describe('md5', () => {
  it('encodes and verifies as Django does', async () => {
    expect(await md5.encode('lètmein', 'seasalt')).toBe(VECTOR);
    expect(md5.accepts(VECTOR)).toBe(true);
    expect(await md5.verify('lètmein', VECTOR)).toBe(true);
    expect(await md5.verify('letmein', VECTOR)).toBe(false);
  });

  it('wants an update when the salt is short', async () => {
    expect(md5.mustUpdate(VECTOR)).toBe(true);
    expect(md5.mustUpdate(await md5.encode('lètmein'))).toBe(false);
    expect(await md5.encode('lètmein')).toHaveLength(59);
  });

  it.each([
    'md5$$3f86d0d3d465b7b458c231bf3555c0e3',
    '3f86d0d3d465b7b458c231bf3555c0e3',
    VECTOR.slice(0, -1),
  ])('does not accept %s', (encoded) => {
    expect(md5.accepts(encoded)).toBe(false);
  });

  it.each(['', 'a$b'])('refuses the salt %j', async (salt) => {
    await expect(md5.encode('lètmein', salt)).rejects.toThrow(RangeError);
  });

  it('shows two characters of the salt and six of the hash in its summary', () => {
    expect(md5.safeSummary(VECTOR)).toEqual([
      ['algorithm', 'md5'],
      ['salt', 'se*****'],
      ['hash', `3f86d0${'*'.repeat(26)}`],
    ]);
  });
});
