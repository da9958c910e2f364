import { describe, expect, it, vi } from 'vitest';
import {
  checkPassword,
  getHashers,
  identifyHasher,
  isPasswordUsable,
  makePassword,
  registerHasher,
} from '@/lib/auth/hashers';
import { bcryptSha256 } from '@/lib/auth/hashers/bcrypt-sha256';
import { pbkdf2Sha256 } from '@/lib/auth/hashers/pbkdf2-sha256';
import { overrideSettings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { countingHasher } from './counting-hasher';

const PASSWORD = 'lètmein';
const BCRYPT_SALT = '$2b$04$abcdefghijklmnopqrstuu';
const BCRYPT = 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuulyx/yrfLnuLCi6gwFG5mrkJjuQKpL6S';

/** What Django 6.0 makes of `lètmein` and the salt `seasalt`, by iterations. */
const PBKDF2 = {
  1: 'pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM=',
  260000: 'pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=',
  1000000: 'pbkdf2_sha256$1000000$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps=',
  1200000: 'pbkdf2_sha256$1200000$seasalt$6sTlFi4QohxXLuZigqDIUNX8xG9NxrTmV8+flFQdBqE=',
};

const cheap = { BCRYPT_ROUNDS: 4, PBKDF2_ITERATIONS: 1 };
const withCounting = async (
  work: number,
  body: (hasher: ReturnType<typeof countingHasher>) => Promise<void>,
) => {
  const hasher = countingHasher(work);
  const unregister = registerHasher(hasher);
  try {
    await overrideSettings({ ...cheap, PASSWORD_HASHERS: ['counting', 'pbkdf2_sha256'] }, () =>
      body(hasher),
    );
  } finally {
    unregister();
  }
};

describe('pbkdf2_sha256', () => {
  it.each(Object.entries(PBKDF2))(
    'encodes %s iterations as Django does',
    async (count, encoded) => {
      await overrideSettings({ PBKDF2_ITERATIONS: Number(count) }, async () => {
        expect(await pbkdf2Sha256.encode(PASSWORD, 'seasalt')).toBe(encoded);
      });
      expect(await pbkdf2Sha256.verify(PASSWORD, encoded)).toBe(true);
    },
  );

  it('encodes the empty password as Django does', async () => {
    await overrideSettings(cheap, async () => {
      expect(await pbkdf2Sha256.encode('', 'seasalt')).toBe(
        'pbkdf2_sha256$1$seasalt$7uPyO44geqCt/Nv3ztly1adSqh5hHCYtGPDoMYOOBWU=',
      );
    });
  });

  it('makes a salt of 22 alphanumerics and an encoding of 89 characters at 7 digits', async () => {
    const encoded = await pbkdf2Sha256.encode(PASSWORD);
    expect(encoded).toMatch(/^pbkdf2_sha256\$1200000\$[A-Za-z0-9]{22}\$/);
    expect(encoded).toHaveLength(89);
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

  it('masks salt and hash after six characters in its summary', () => {
    expect(pbkdf2Sha256.safeSummary(PBKDF2[1])).toEqual([
      ['algorithm', 'pbkdf2_sha256'],
      ['iterations', '1'],
      ['salt', 'seasal*'],
      ['hash', `mJQ8D8${'*'.repeat(38)}`],
    ]);
  });
});

describe('bcrypt_sha256', () => {
  it('encodes as Django does', async () => {
    expect(await bcryptSha256.encode(PASSWORD, BCRYPT_SALT)).toBe(BCRYPT);
    expect(await bcryptSha256.encode('a'.repeat(100), BCRYPT_SALT)).toBe(
      'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuugx2ZcUdj4MifIXvs/QwBsAizByf4XWu',
    );
  });

  it('reads every byte of a password longer than 72', async () => {
    const encoded = await bcryptSha256.encode('a'.repeat(72), BCRYPT_SALT);
    expect(await bcryptSha256.verify('a'.repeat(72), encoded)).toBe(true);
    expect(await bcryptSha256.verify('a'.repeat(73), encoded)).toBe(false);
  });

  it('tells what follows a NUL apart', async () => {
    const encoded = await bcryptSha256.encode('a\0b', BCRYPT_SALT);
    expect(await bcryptSha256.verify('a\0b', encoded)).toBe(true);
    expect(await bcryptSha256.verify('a\0c', encoded)).toBe(false);
  });

  it.each(['$2a$', '$2y$'])('verifies %s strings as well', async (prefix) => {
    const foreign = BCRYPT.replace('$2b$', prefix);
    expect(bcryptSha256.accepts(foreign)).toBe(true);
    expect(await bcryptSha256.verify(PASSWORD, foreign)).toBe(true);
    expect(await bcryptSha256.verify('wrong', foreign)).toBe(false);
  });

  it('uses settings.BCRYPT_ROUNDS and wants an update when the cost differs', async () => {
    await overrideSettings({ BCRYPT_ROUNDS: 5 }, async () => {
      const encoded = await bcryptSha256.encode(PASSWORD);
      expect(encoded).toMatch(/^bcrypt_sha256\$\$2b\$05\$[./A-Za-z0-9]{53}$/);
      expect(encoded).toHaveLength(74);
      expect(bcryptSha256.mustUpdate(encoded)).toBe(false);
      expect(bcryptSha256.mustUpdate(BCRYPT)).toBe(true);
    });
    await overrideSettings({ BCRYPT_ROUNDS: 4 }, () => {
      expect(bcryptSha256.mustUpdate(BCRYPT.replace('$04$', '$05$'))).toBe(true);
    });
  });

  it.each(['', 'seasalt', '$2b$04$short'])('refuses the salt %j', async (salt) => {
    await expect(bcryptSha256.encode(PASSWORD, salt)).rejects.toThrow(RangeError);
  });

  it('masks salt and checksum in its summary', () => {
    expect(bcryptSha256.safeSummary(BCRYPT)).toEqual([
      ['algorithm', 'bcrypt_sha256'],
      ['work factor', '4'],
      ['salt', `abcdef${'*'.repeat(16)}`],
      ['checksum', `lyx/yr${'*'.repeat(25)}`],
    ]);
  });
});

describe('makePassword', () => {
  it('encodes with the first configured hasher', async () => {
    await overrideSettings(cheap, async () => {
      expect(await makePassword(PASSWORD)).toMatch(/^bcrypt_sha256\$/);
    });
    await overrideSettings({ ...cheap, PASSWORD_HASHERS: ['pbkdf2_sha256'] }, async () => {
      expect(await makePassword(PASSWORD)).toMatch(/^pbkdf2_sha256\$1\$/);
    });
  });

  it('makes of null a different unusable password each time', async () => {
    const [first, second] = [await makePassword(null), await makePassword(null)];
    expect(first).toMatch(/^![A-Za-z0-9]{40}$/);
    expect(second).not.toBe(first);
    expect(isPasswordUsable(first)).toBe(false);
  });

  it('takes the empty text for a password', async () => {
    await overrideSettings(cheap, async () => {
      expect(await checkPassword('', await makePassword(''))).toBe(true);
    });
  });

  it('refuses what is not a text', async () => {
    await expect(makePassword(42 as never)).rejects.toThrow(TypeError);
  });
});

describe('checkPassword', () => {
  it.each([
    ['the right password', PASSWORD, true],
    ['another case', PASSWORD.toUpperCase(), false],
    ['padding', ` ${PASSWORD}`, false],
    ['another Unicode form', PASSWORD.normalize('NFD'), false],
    ['no password', null, false],
  ])('compares exactly: %s', async (_what, typed, expected) => {
    await overrideSettings(cheap, async () => {
      expect(await checkPassword(typed, BCRYPT)).toBe(expected);
    });
  });

  it.each([
    ['null', null],
    ['the empty text', ''],
    ['gibberish', 'gibberish'],
    ['an unusable password', '!'],
    ['an algorithm that is not configured', 'counting2$1$x'],
    ['a damaged encoding of ours', 'counting$x'],
    ['a truncated bcrypt hash', BCRYPT.slice(0, -1)],
    ['absurd iterations', PBKDF2[1].replace('$1$', '$9999999999$')],
  ])('hashes once and refuses: %s', async (_what, encoded) => {
    await withCounting(1, async (hasher) => {
      expect(await checkPassword('!', encoded)).toBe(false);
      expect(hasher.calls).toBe(1);
    });
  });

  it('hashes once for a missing password too', async () => {
    await withCounting(1, async (hasher) => {
      expect(await checkPassword(null, 'counting$1$x')).toBe(false);
      expect(hasher.calls).toBe(1);
    });
  });

  it('offers an upgrade after a match only, and only when the policy has moved on', async () => {
    const upgrades: string[] = [];
    const onUpgrade = async (password: string) => void upgrades.push(password);
    await withCounting(2, async () => {
      expect(await checkPassword('wrong', 'counting$1$right', onUpgrade)).toBe(false);
      expect(await checkPassword('right', 'counting$2$right', onUpgrade)).toBe(true);
      expect(upgrades).toEqual([]);
      expect(await checkPassword('right', 'counting$1$right', onUpgrade)).toBe(true);
      expect(await checkPassword(PASSWORD, PBKDF2[1], onUpgrade)).toBe(true);
      expect(upgrades).toEqual(['right', PASSWORD]);
    });
  });

  it('adds the missing work for a wrong password of a cheaper encoding, same algorithm', async () => {
    await withCounting(2, async (hasher) => {
      await checkPassword('wrong', 'counting$1$right');
      expect(hasher.hardened).toBe(1);
      await checkPassword('right', 'counting$1$right');
      await checkPassword('wrong', 'counting$2$right');
      await checkPassword('wrong', PBKDF2[1]);
      expect(hasher.hardened).toBe(1);
    });
  });
});

describe('hardenRuntime', () => {
  it.each([
    [4, 0],
    [5, 1],
    [10, 63],
  ])('repeats bcrypt until the work of cost %i is done: %i times', async (rounds, times) => {
    const encode = vi.spyOn(bcryptSha256, 'encode');
    await overrideSettings({ BCRYPT_ROUNDS: rounds }, () =>
      bcryptSha256.hardenRuntime(PASSWORD, BCRYPT),
    );
    expect(encode).toHaveBeenCalledTimes(times);
  });

  it('does nothing for a bcrypt encoding that costs more', async () => {
    const encode = vi.spyOn(bcryptSha256, 'encode');
    await bcryptSha256.hardenRuntime(PASSWORD, BCRYPT.replace('$04$', '$31$'));
    expect(encode).not.toHaveBeenCalled();
  });

  it('derives PBKDF2 for the iterations that are missing, and not for fewer than none', async () => {
    const start = performance.now();
    await pbkdf2Sha256.hardenRuntime(PASSWORD, PBKDF2[1]);
    // No machine does 1,200,000 iterations in so little time, nor needs it for none.
    expect(performance.now() - start).toBeGreaterThan(50);
    await overrideSettings(cheap, () => pbkdf2Sha256.hardenRuntime(PASSWORD, PBKDF2[1_200_000]));
  });
});

describe('getHashers', () => {
  it('refuses an empty list and an unknown name', async () => {
    await overrideSettings({ PASSWORD_HASHERS: [] }, () => {
      expect(getHashers).toThrow(ImproperlyConfigured);
    });
    await overrideSettings({ PASSWORD_HASHERS: ['rot13'] }, () => {
      expect(getHashers).toThrow(/"rot13"; known are bcrypt_sha256, pbkdf2_sha256/);
    });
  });
});

describe('identifyHasher', () => {
  it('finds a configured hasher by the encoding, else nothing', async () => {
    expect(identifyHasher(BCRYPT)).toBe(bcryptSha256);
    expect(identifyHasher(PBKDF2[1])).toBe(pbkdf2Sha256);
    expect(identifyHasher('md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3')).toBeNull();
    await overrideSettings({ PASSWORD_HASHERS: ['pbkdf2_sha256'] }, () => {
      expect(identifyHasher(BCRYPT)).toBeNull();
    });
  });
});

describe('isPasswordUsable', () => {
  it.each([
    [null, true],
    ['', true],
    ['gibberish', true],
    ['!', false],
    ['!abc', false],
  ])('%j: %s', (encoded, expected) => {
    expect(isPasswordUsable(encoded)).toBe(expected);
  });
});
