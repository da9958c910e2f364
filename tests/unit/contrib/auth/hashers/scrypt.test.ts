import { describe, expect, it } from 'vitest';
import { scrypt } from '@/lib/contrib/auth/hashers/scrypt';

const PASSWORD = 'lètmein';
const VECTOR =
  'scrypt$16384$seasalt$8$5$ECMIUp+LMxMSK8xB/IVyba+KYGTI7FTnet025q/1f/vBAVnnP3hdYqJuRi+mJn6ji6ze3Fbb7JEFPKGpuEf5vw==';

describe('scrypt', () => {
  it('encodes and verifies as Django does', async () => {
    expect(await scrypt.encode(PASSWORD, 'seasalt')).toBe(VECTOR);
    expect(scrypt.accepts(VECTOR)).toBe(true);
    expect(await scrypt.verify(PASSWORD, VECTOR)).toBe(true);
    expect(await scrypt.verify('letmein', VECTOR)).toBe(false);
  });

  it('fills the column of 128 characters exactly', async () => {
    expect(await scrypt.encode(PASSWORD)).toHaveLength(128);
  });

  it('verifies other costs, of more memory than OpenSSL gives by itself', async () => {
    // Made by Python: hashlib.scrypt(b"x", salt=b"seasalt", n=2**16, r=8, p=1, dklen=64).
    const large =
      'scrypt$65536$seasalt$8$1$jTjDqdgGmSJw4W2x/ZKjbWfO0f9SF+yIDK47cUfLzySOYKxxF1GmN1+212MBG4OEmUwMrBc67DmxtMQVL6alnA==';
    expect(scrypt.accepts(large)).toBe(true);
    expect(await scrypt.verify('x', large)).toBe(true);
  });

  it('wants an update when any side of the cost differs; of the salt, as in Django, no length', async () => {
    const fresh = await scrypt.encode(PASSWORD, 'abcdefghijklmnopqrstuv');
    expect(scrypt.mustUpdate(fresh)).toBe(false);
    expect(scrypt.mustUpdate(VECTOR)).toBe(false);
    expect(scrypt.mustUpdate(fresh.replace('$16384$', '$32768$'))).toBe(true);
    expect(scrypt.mustUpdate(fresh.replace('$8$5$', '$8$1$'))).toBe(true);
    expect(scrypt.mustUpdate(fresh.replace('$8$5$', '$4$5$'))).toBe(true);
  });

  it.each([
    ['a factor that is no power of two', VECTOR.replace('$16384$', '$16383$')],
    ['a factor of one', VECTOR.replace('$16384$', '$1$')],
    ['a cost that would fill the memory', VECTOR.replace('$16384$', '$4194304$')],
    ['a short key', VECTOR.replace('vw==', '==')],
    ['no salt', VECTOR.replace('seasalt', '')],
  ])('does not accept %s', (_what, encoded) => {
    expect(scrypt.accepts(encoded)).toBe(false);
  });

  it.each(['', 'a$b'])('refuses the salt %j', async (salt) => {
    await expect(scrypt.encode(PASSWORD, salt)).rejects.toThrow(RangeError);
  });

  it('masks salt and hash in its summary', () => {
    expect(scrypt.safeSummary(VECTOR)).toEqual([
      ['algorithm', 'scrypt'],
      ['work factor', '16384'],
      ['block size', '8'],
      ['parallelism', '5'],
      ['salt', 'seasal*'],
      ['hash', `ECMIUp${'*'.repeat(82)}`],
    ]);
  });
});
