import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { checkPasswords } from '@/lib/contrib/auth/password-validation/checks';

describe('checkPasswords', () => {
  it('finds nothing in the settings as they are, nor in the preset', async () => {
    expect(checkPasswords()).toEqual([]);
    await overrideSettings({ AUTH_PASSWORD_VALIDATORS: 'nist' }, () => {
      expect(checkPasswords()).toEqual([]);
    });
  });

  it.each([
    ['auth.E110', { AUTH_PASSWORD_VALIDATORS: [{ NAME: 'Rot13Validator' }] }, 'Rot13Validator'],
    [
      'auth.E110',
      {
        AUTH_PASSWORD_VALIDATORS: [{ NAME: 'MinimumLengthValidator', OPTIONS: { minLength: '8' } }],
      },
      'MinimumLengthValidator: minLength',
    ],
    ['auth.E111', { PASSWORD_WORKERS: 0 }, 'PASSWORD_WORKERS'],
    ['auth.E111', { PASSWORD_WORKERS: 1.5 }, 'PASSWORD_WORKERS'],
    ['auth.E112', { PASSWORD_QUEUE_SIZE: -1 }, 'PASSWORD_QUEUE_SIZE'],
    ['auth.E113', { PASSWORD_HASHERS: ['md5'], DEBUG: false }, 'md5'],
  ])('%s: %j', async (id, changed, named) => {
    await overrideSettings(changed, () => {
      const [found, ...others] = checkPasswords();
      expect(found).toMatchObject({ id, level: 'error', message: expect.stringContaining(named) });
      expect(others).toEqual([]);
    });
  });

  it('lets md5 verify what was imported, and encode in tests', async () => {
    for (const changed of [
      { PASSWORD_HASHERS: ['bcrypt_sha256', 'md5'], DEBUG: false },
      { PASSWORD_HASHERS: ['md5'], DEBUG: true },
    ]) {
      await overrideSettings(changed, () => expect(checkPasswords()).toEqual([]));
    }
  });
});
