import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { checkThrottles } from '@/lib/extras/throttling/checks';

const { login } = settings.THROTTLES;

describe('checkThrottles', () => {
  it('finds nothing wrong with the defaults', () => {
    expect(checkThrottles()).toEqual([]);
  });

  it.each([
    ['free', 1],
    ['free', 2.5],
    ['delay', 0],
    ['delay', Number.NaN],
    ['maxDelay', 0],
    ['forget', 899],
  ])('refuses %s of %d', async (name, value) => {
    const THROTTLES = {
      ...settings.THROTTLES,
      login: { ...login, account: { ...login.account, [name]: value } },
    };
    await overrideSettings({ THROTTLES }, () => {
      expect(checkThrottles()).toMatchObject([
        { id: 'auth.E120', message: 'THROTTLES.login.account cannot work.' },
      ]);
    });
  });
});
