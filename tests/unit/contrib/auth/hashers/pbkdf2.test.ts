import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { pbkdf2Hasher, pbkdf2Sha1, pbkdf2Sha256 } from '@/lib/contrib/auth/hashers/pbkdf2';

const PASSWORD = 'lètmein';

/** What Django 6.0 makes of `lètmein` and the salt `seasalt`. */
const VECTORS = [
  [pbkdf2Sha256, 1, 'pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM='],
  [
    pbkdf2Sha256,
    260_000,
    'pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=',
  ],
  [
    pbkdf2Sha256,
    1_200_000,
    'pbkdf2_sha256$1200000$seasalt$6sTlFi4QohxXLuZigqDIUNX8xG9NxrTmV8+flFQdBqE=',
  ],
  [pbkdf2Sha1, 1, 'pbkdf2_sha1$1$seasalt$Js6PaO2+yMCmW0z2IpYzlluffPg='],
  [pbkdf2Sha1, 1_200_000, 'pbkdf2_sha1$1200000$seasalt$PQg+R6EhMLfgNqdSn4XPq8++ntQ='],
] as const;
const [[, , SHA256], , [, , EXPENSIVE], [, , SHA1]] = VECTORS;

const cheap = { PBKDF2_ITERATIONS: 1 };

describe.each(VECTORS)('$algorithm at %i iterations', (hasher, iterations, encoded) => {
  it('encodes and verifies as Django does', async () => {
    await overrideSettings({ PBKDF2_ITERATIONS: iterations }, async () => {
      expect(await hasher.encode(PASSWORD, 'seasalt')).toBe(encoded);
    });
    expect(hasher.accepts(encoded)).toBe(true);
    if (iterations > 1) return;
    expect(await hasher.verify(PASSWORD, encoded)).toBe(true);
    expect(await hasher.verify('letmein', encoded)).toBe(false);
  });
});

describe('pbkdf2Hasher', () => {
  it('encodes the empty password as Django does', async () => {
    await overrideSettings(cheap, async () => {
      expect(await pbkdf2Sha256.encode('', 'seasalt')).toBe(
        'pbkdf2_sha256$1$seasalt$7uPyO44geqCt/Nv3ztly1adSqh5hHCYtGPDoMYOOBWU=',
      );
    });
  });

  it('makes a salt of 22 alphanumerics and encodings of 89 and 71 characters', async () => {
    expect(settings.PBKDF2_ITERATIONS).toBe(1_200_000);
    const missing = '1200000'.length - '1'.length;
    await overrideSettings(cheap, async () => {
      const encoded = await pbkdf2Sha256.encode(PASSWORD);
      expect(encoded).toMatch(/^pbkdf2_sha256\$1\$[A-Za-z0-9]{22}\$/);
      expect(encoded).toHaveLength(89 - missing);
      expect(await pbkdf2Sha1.encode(PASSWORD)).toHaveLength(71 - missing);
    });
  });

  it.each([
    ['another algorithm', SHA1],
    ['a short key', SHA256.replace('WiM=', '=')],
    ['no iterations', SHA256.replace('$1$', '$0$')],
    ['more iterations than can be', SHA256.replace('$1$', '$9999999999$')],
    ['an empty salt', SHA256.replace('seasalt', '')],
  ])('does not accept %s', (_what, encoded) => {
    expect(pbkdf2Sha256.accepts(encoded)).toBe(false);
  });

  it.each(['', 'a$b'])('refuses the salt %j', async (salt) => {
    await overrideSettings(cheap, async () => {
      await expect(pbkdf2Sha256.encode(PASSWORD, salt)).rejects.toThrow(RangeError);
    });
  });

  it('wants an update when the iterations differ either way, or the salt is short', async () => {
    const salt = 'abcdefghijklmnopqrstuv';
    await overrideSettings({ PBKDF2_ITERATIONS: 2 }, async () => {
      const same = await pbkdf2Sha256.encode(PASSWORD, salt);
      expect(pbkdf2Sha256.mustUpdate(same)).toBe(false);
      expect(pbkdf2Sha256.mustUpdate(same.replace('$2$', '$1$'))).toBe(true);
      expect(pbkdf2Sha256.mustUpdate(same.replace('$2$', '$3$'))).toBe(true);
      expect(pbkdf2Sha256.mustUpdate(same.replace(salt, salt.slice(1)))).toBe(true);
    });
  });

  it('derives for the iterations that are missing, and not at all where none are', async () => {
    const derived: number[] = [];
    const variety = { algorithm: 'pbkdf2_sha256', digest: 'sha256', keyBytes: 32 } as const;
    const counting = pbkdf2Hasher(variety, async (_password, _salt, iterations, keyBytes) => {
      derived.push(iterations);
      return Buffer.alloc(keyBytes);
    });
    await overrideSettings({ PBKDF2_ITERATIONS: 1_200_000 }, async () => {
      await counting.hardenRuntime(PASSWORD, SHA256);
      await counting.hardenRuntime(PASSWORD, EXPENSIVE);
    });
    expect(derived).toEqual([1_199_999]);
    await overrideSettings(cheap, () => counting.hardenRuntime(PASSWORD, EXPENSIVE));
    expect(derived).toEqual([1_199_999]);
  });

  it('masks salt and hash after six characters in its summary', () => {
    expect(pbkdf2Sha256.safeSummary(SHA256)).toEqual([
      ['algorithm', 'pbkdf2_sha256'],
      ['iterations', '1'],
      ['salt', 'seasal*'],
      ['hash', `mJQ8D8${'*'.repeat(38)}`],
    ]);
  });
});
