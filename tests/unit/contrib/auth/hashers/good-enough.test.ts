import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { checkPassword, makePassword, registerHasher } from '@/lib/contrib/auth/hashers';
import { argon2 } from '@/lib/contrib/auth/hashers/argon2';
import { bcrypt, bcryptSha256 } from '@/lib/contrib/auth/hashers/bcrypt';
import type { PasswordHasher } from '@/lib/contrib/auth/hashers/hasher';
import { md5 } from '@/lib/contrib/auth/hashers/md5';
import { pbkdf2Sha1, pbkdf2Sha256 } from '@/lib/contrib/auth/hashers/pbkdf2';
import { scrypt } from '@/lib/contrib/auth/hashers/scrypt';
import { countingHasher } from '@/tests/support/auth/counting-hasher';

const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');
const bcryptOf = (rounds: string) => `$2b$${rounds}$${'a'.repeat(21)}u${'a'.repeat(31)}`;
const argon2Of = (cost: string) =>
  `argon2$argon2id$v=19$${cost}$${zeros(18)}$${zeros(32).replace(/=+$/, '')}`;

const CASES: [hasher: PasswordHasher, encoded: string, isGoodEnough: boolean][] = [
  [pbkdf2Sha256, `pbkdf2_sha256$260000$salt$${zeros(32)}`, true],
  [pbkdf2Sha256, `pbkdf2_sha256$259999$salt$${zeros(32)}`, false],
  [pbkdf2Sha256, `pbkdf2_sha256$9000000$salt$${zeros(32)}`, true],
  [pbkdf2Sha1, `pbkdf2_sha1$260000$salt$${zeros(20)}`, true],
  [pbkdf2Sha1, `pbkdf2_sha1$36000$salt$${zeros(20)}`, false],
  [bcryptSha256, `bcrypt_sha256${bcryptOf('10').replace('$', '$$$$')}`, true],
  [bcryptSha256, `bcrypt_sha256${bcryptOf('09').replace('$', '$$$$')}`, false],
  [bcrypt, `bcrypt${bcryptOf('14').replace('$', '$$$$')}`, true],
  [scrypt, `scrypt$16384$salt$8$1$${zeros(64)}`, true],
  [scrypt, `scrypt$8192$salt$8$1$${zeros(64)}`, false],
  [argon2, argon2Of('m=102400,t=2,p=8'), true],
  [argon2, argon2Of('m=512,t=2,p=2'), false],
  [argon2, argon2Of('m=4096,t=50,p=2'), false],
];

describe('isGoodEnough', () => {
  it.each(CASES)('%# is by the work that is stated', async (hasher, encoded, expected) => {
    expect(hasher.accepts(encoded)).toBe(true);
    await overrideSettings({ BCRYPT_ROUNDS: 12 }, () =>
      expect(hasher.isGoodEnough?.(encoded)).toBe(expected),
    );
  });

  it('is whatever the settings make today, and never an md5', async () => {
    await overrideSettings({ PBKDF2_ITERATIONS: 5, BCRYPT_ROUNDS: 4 }, async () => {
      for (const hasher of [pbkdf2Sha256, bcryptSha256]) {
        expect(hasher.isGoodEnough?.(await hasher.encode('x'))).toBe(true);
      }
    });
    expect(md5.isGoodEnough).toBeUndefined();
  });
});

describe('a wrong password', () => {
  it('costs a new encoding beside its own verification, where it is of another kind', async () => {
    const hasher = countingHasher();
    const unregister = registerHasher(hasher);
    const policy = { PBKDF2_ITERATIONS: 1, PASSWORD_HASHERS: ['pbkdf2_sha256'] };
    const old = await overrideSettings(policy, () => makePassword('right'));
    const both = { ...policy, PASSWORD_HASHERS: ['counting', 'pbkdf2_sha256'] };
    await overrideSettings(both, async () => {
      expect(await checkPassword('wrong', old)).toBe(false);
      expect(hasher.calls).toBe(1);
      expect(await checkPassword('right', old)).toBe(true);
      expect(hasher.calls).toBe(1);
    });
    unregister();
  });
});
