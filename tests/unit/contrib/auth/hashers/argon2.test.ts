import { describe, expect, it } from 'vitest';
import { argon2 } from '@/lib/contrib/auth/hashers/argon2';

const PASSWORD = 'lètmein';
const VECTOR =
  'argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$5X8M3A6KY2o98xsl1DnfJpaxc9OdBrgUbl3HjifV1qo';

describe('argon2', () => {
  it('encodes and verifies as Django does', async () => {
    expect(await argon2.encode(PASSWORD, 'seasaltseasalt')).toBe(VECTOR);
    expect(argon2.accepts(VECTOR)).toBe(true);
    expect(await argon2.verify(PASSWORD, VECTOR)).toBe(true);
    expect(await argon2.verify('letmein', VECTOR)).toBe(false);
  });

  it('verifies the other varieties and costs', async () => {
    // Made by argon2-cffi with m=1024, t=1, p=1.
    for (const encoded of [
      'argon2$argon2i$v=19$m=1024,t=1,p=1$c2Vhc2FsdHNlYXNhbHQ$aXAxdAeAumbZIbs5za54hC4oqSFxOebvookKrbDa0SI',
      'argon2$argon2d$v=19$m=1024,t=1,p=1$c2Vhc2FsdHNlYXNhbHQ$a3YoA4NSXJjJjDBzso81SjU6nIKoPDl/dJ6iRqCkhN8',
    ]) {
      expect(argon2.accepts(encoded)).toBe(true);
      expect(await argon2.verify(PASSWORD, encoded)).toBe(true);
      expect(argon2.mustUpdate(encoded)).toBe(true);
    }
  });

  it('makes an encoding of 112 characters that wants no update', async () => {
    const encoded = await argon2.encode(PASSWORD);
    expect(encoded).toHaveLength(112);
    expect(argon2.mustUpdate(encoded)).toBe(false);
    expect(argon2.mustUpdate(encoded.replace('m=102400', 'm=102401'))).toBe(true);
    expect(argon2.mustUpdate(encoded.replace('t=2', 't=3'))).toBe(true);
    expect(argon2.mustUpdate(encoded.replace('p=8', 'p=4'))).toBe(true);
    expect(argon2.mustUpdate(encoded.replace('argon2id', 'argon2i'))).toBe(true);
  });

  it('wants an update when the salt is short', () => {
    expect(argon2.mustUpdate(VECTOR)).toBe(true);
  });

  it.each([
    ['an unknown version', VECTOR.replace('v=19', 'v=20')],
    ['too little memory for its lanes', VECTOR.replace('m=102400', 'm=63')],
    ['a cost that would fill the memory', VECTOR.replace('m=102400', 'm=9999999')],
    ['no passes', VECTOR.replace('t=2', 't=0')],
    ['too many lanes', VECTOR.replace('p=8', 'p=256')],
    ['a salt that is no base64', VECTOR.replace('hbHQ$', 'hbH$')],
    ['a short salt', VECTOR.replace('c2Vhc2FsdHNlYXNhbHQ', 'c2Vh')],
    ['a short hash', VECTOR.replace(/[^$]+$/, 'aaaa')],
  ])('does not accept %s', (_what, encoded) => {
    expect(argon2.accepts(encoded)).toBe(false);
  });

  it.each(['', 'a$b'])('refuses the salt %j', async (salt) => {
    await expect(argon2.encode(PASSWORD, salt)).rejects.toThrow(RangeError);
  });

  it('masks salt and hash in its summary', () => {
    expect(argon2.safeSummary(VECTOR)).toEqual([
      ['algorithm', 'argon2'],
      ['variety', 'argon2id'],
      ['version', '19'],
      ['memory cost', '102400'],
      ['time cost', '2'],
      ['parallelism', '8'],
      ['salt', 'seasal********'],
      ['hash', `5X8M3A${'*'.repeat(37)}`],
    ]);
  });
});
