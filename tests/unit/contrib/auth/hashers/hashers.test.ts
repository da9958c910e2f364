import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import {
  checkPassword,
  getHashers,
  identifyHasher,
  isPasswordUsable,
  makePassword,
  registerHasher,
} from '@/lib/contrib/auth/hashers';
import { argon2 } from '@/lib/contrib/auth/hashers/argon2';
import { bcryptSha256 } from '@/lib/contrib/auth/hashers/bcrypt';
import { md5 } from '@/lib/contrib/auth/hashers/md5';
import { pbkdf2Sha256 } from '@/lib/contrib/auth/hashers/pbkdf2';
import { ImproperlyConfigured, ServiceUnavailable } from '@/lib/core/exceptions';
import { countingHasher } from '@/tests/support/auth/counting-hasher';

const PASSWORD = 'lètmein';
const BCRYPT = 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuulyx/yrfLnuLCi6gwFG5mrkJjuQKpL6S';

const MD5 = 'md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3';
const PBKDF2 = 'pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM=';

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
    ['absurd iterations', PBKDF2.replace('$1$', '$9999999999$')],
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
      expect(await checkPassword(PASSWORD, PBKDF2, onUpgrade)).toBe(true);
      expect(upgrades).toEqual(['right', PASSWORD]);
    });
  });

  it('adds the missing work for a wrong password of a cheaper encoding, same algorithm', async () => {
    await withCounting(2, async (hasher) => {
      await checkPassword('wrong', 'counting$1$right');
      expect(hasher.hardened).toBe(1);
      await checkPassword('right', 'counting$1$right');
      await checkPassword('wrong', 'counting$2$right');
      await checkPassword('wrong', PBKDF2);
      expect(hasher.hardened).toBe(1);
    });
  });

  it('calls a password that it looked at wrong, however much there is to do', async () => {
    await withCounting(2, async (hasher) => {
      hasher.hardenRuntime = () => Promise.reject(new ServiceUnavailable(1));
      expect(await checkPassword('wrong', 'counting$1$right')).toBe(false);
      hasher.verify = () => Promise.reject(new ServiceUnavailable(1));
      await expect(checkPassword('wrong', 'counting$1$right')).rejects.toThrow(ServiceUnavailable);
    });
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

  it("are Django's by default, bcrypt_sha256 first", () => {
    expect(getHashers().map(({ algorithm }) => algorithm)).toEqual([
      'bcrypt_sha256',
      'pbkdf2_sha256',
      'pbkdf2_sha1',
      'argon2',
      'bcrypt',
      'scrypt',
    ]);
  });

  it('leave out of the default what is not installed, and refuse to where it is asked for', async () => {
    const unregister = registerHasher({ ...argon2, isInstalled: () => false });
    try {
      const known = getHashers().map(({ algorithm }) => algorithm);
      expect(known).not.toContain('argon2');
      expect(known).toHaveLength(5);
      await overrideSettings({ PASSWORD_HASHERS: ['bcrypt_sha256', 'argon2'] }, () => {
        expect(getHashers).toThrow(ImproperlyConfigured);
        expect(getHashers).toThrow(/"argon2", whose package is not installed/);
      });
    } finally {
      unregister();
    }
  });
});

describe('identifyHasher', () => {
  it('finds a configured hasher by the encoding, else nothing', async () => {
    expect(identifyHasher(BCRYPT)).toBe(bcryptSha256);
    expect(identifyHasher(PBKDF2)).toBe(pbkdf2Sha256);
    expect(identifyHasher(MD5)).toBeNull();
    await overrideSettings({ PASSWORD_HASHERS: ['bcrypt_sha256', 'md5'] }, () => {
      expect(identifyHasher(MD5)).toBe(md5);
    });
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
