import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { globalSettings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import { bcrypt, bcryptSha256 } from '@/lib/contrib/auth/hashers/bcrypt';
import { bcryptWorkers } from '@/lib/contrib/auth/hashers/worker-pool';

const PASSWORD = 'lètmein';
const SALT = '$2b$04$abcdefghijklmnopqrstuu';
const SHA256 = 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuulyx/yrfLnuLCi6gwFG5mrkJjuQKpL6S';
const PLAIN = 'bcrypt$$2b$04$abcdefghijklmnopqrstuuanVo7Xut1CH8VGIGlz1JovQh9GJbbtG';
const PLAIN_72 = 'bcrypt$$2b$04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe';

describe.each([
  [bcryptSha256, SHA256],
  [bcrypt, PLAIN],
])('$algorithm', (hasher, vector) => {
  it('encodes and verifies as Django does', async () => {
    expect(await hasher.encode(PASSWORD, SALT)).toBe(vector);
    expect(await hasher.verify(PASSWORD, vector)).toBe(true);
    expect(await hasher.verify('letmein', vector)).toBe(false);
  });

  it.each(['$2a$', '$2y$'])('verifies %s strings as well', async (prefix) => {
    const foreign = vector.replace('$2b$', prefix);
    expect(hasher.accepts(foreign)).toBe(true);
    expect(await hasher.verify(PASSWORD, foreign)).toBe(true);
    expect(await hasher.verify('wrong', foreign)).toBe(false);
  });

  it('uses settings.BCRYPT_ROUNDS and wants an update when the cost differs', async () => {
    await overrideSettings({ BCRYPT_ROUNDS: 5 }, async () => {
      const encoded = await hasher.encode(PASSWORD);
      expect(encoded).toMatch(/^\w+\$\$2b\$05\$[./A-Za-z0-9]{53}$/);
      expect(encoded).toHaveLength(vector.length);
      expect(hasher.accepts(encoded)).toBe(true);
      expect(hasher.mustUpdate(encoded)).toBe(false);
      expect(hasher.mustUpdate(vector)).toBe(true);
    });
    await overrideSettings({ BCRYPT_ROUNDS: 4 }, () => {
      expect(hasher.mustUpdate(vector.replace('$04$', '$05$'))).toBe(true);
    });
  });

  it('costs what it does in Django unless it is told otherwise', async () => {
    vi.stubEnv('BCRYPT_ROUNDS', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { BCRYPT_ROUNDS } = globalSettings;
    await overrideSettings({ BCRYPT_ROUNDS }, async () => {
      expect(await hasher.encode(PASSWORD)).toMatch(/^\w+\$\$2b\$12\$/);
    });
  });

  it.each(['', 'seasalt', '$2b$04$short', '$2b$03$abcdefghijklmnopqrstuu'])(
    'refuses the salt %j',
    async (salt) => {
      await expect(hasher.encode(PASSWORD, salt)).rejects.toThrow(RangeError);
    },
  );

  it.each([
    ['one character less', vector.slice(0, -1)],
    ['another algorithm', vector.replace('bcrypt', 'bcript')],
    ['an unknown version', vector.replace('$2b$', '$2c$')],
    ['a cost that cannot be', vector.replace('$04$', '$32$')],
  ])('does not accept %s', (_what, encoded) => {
    expect(hasher.accepts(encoded)).toBe(false);
  });
});

describe('bcrypt_sha256', () => {
  it('reads every byte of a password longer than 72', async () => {
    expect(await bcryptSha256.encode('a'.repeat(100), SALT)).toBe(
      'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuugx2ZcUdj4MifIXvs/QwBsAizByf4XWu',
    );
    const encoded = await bcryptSha256.encode('a'.repeat(72), SALT);
    expect(await bcryptSha256.verify('a'.repeat(72), encoded)).toBe(true);
    expect(await bcryptSha256.verify('a'.repeat(73), encoded)).toBe(false);
  });

  it('tells what follows a NUL apart', async () => {
    const encoded = await bcryptSha256.encode('a\0b', SALT);
    expect(await bcryptSha256.verify('a\0b', encoded)).toBe(true);
    expect(await bcryptSha256.verify('a\0c', encoded)).toBe(false);
  });

  it.each([
    [4, []],
    [5, [1]],
    [10, [63]],
  ])('repeats the work until that of cost %i is done, in one job', async (rounds, times) => {
    const hash = vi.spyOn(bcryptWorkers, 'hash');
    await overrideSettings({ BCRYPT_ROUNDS: rounds }, () =>
      bcryptSha256.hardenRuntime(PASSWORD, SHA256),
    );
    expect(hash.mock.calls.map((call) => call[2])).toEqual(times);
  });

  it('adds nothing for an encoding that costs more', async () => {
    const hash = vi.spyOn(bcryptWorkers, 'hash');
    await bcryptSha256.hardenRuntime(PASSWORD, SHA256.replace('$04$', '$31$'));
    expect(hash).not.toHaveBeenCalled();
  });

  it('masks salt and checksum in its summary', () => {
    expect(bcryptSha256.safeSummary(SHA256)).toEqual([
      ['algorithm', 'bcrypt_sha256'],
      ['work factor', '4'],
      ['salt', `abcdef${'*'.repeat(16)}`],
      ['checksum', `lyx/yr${'*'.repeat(25)}`],
    ]);
  });
});

describe('bcrypt', () => {
  it('reads no more than 72 bytes of a password', async () => {
    expect(await bcrypt.encode('a'.repeat(72), SALT)).toBe(PLAIN_72);
    expect(await bcrypt.verify('a'.repeat(73), PLAIN_72)).toBe(true);
    expect(await bcrypt.verify('a'.repeat(71), PLAIN_72)).toBe(false);
  });
});
