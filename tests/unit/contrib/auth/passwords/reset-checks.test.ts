import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { checkPasswordReset } from '@/lib/contrib/auth/passwords/reset-checks';

describe('checkPasswordReset', () => {
  it('finds nothing wrong with the defaults', () => {
    expect(checkPasswordReset()).toEqual([]);
  });

  it.each([
    [{ PASSWORD_RESET_TIMEOUT: -1 }, 'auth.E106'],
    [{ PASSWORD_RESET_TIMEOUT: 1.5 }, 'auth.E106'],
    [{ PASSWORD_RESET_TIMEOUT: Number.NaN }, 'auth.E106'],
    [{ TIME_ZONE: 'Europe/Nowhere' }, 'auth.E107'],
  ])('refuses %j', async (changed, id) => {
    const found = await overrideSettings(changed, checkPasswordReset);
    expect(found.map((message) => [message.id, message.level])).toEqual([[id, 'error']]);
  });
});
