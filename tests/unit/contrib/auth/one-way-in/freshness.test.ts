import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import {
  AUTH_METHODS_KEY,
  authMethods,
  recordAuthMethod,
} from '@/lib/contrib/auth/sign-in/auth-methods';
import type { Json } from '@/lib/contrib/sessions/row';
import { Session } from '@/lib/contrib/sessions/session';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

/** A session whose row was made just now and that rests on these proofs. */
function resting(value: Json): { session: Session } {
  const now = new Date(NOW);
  const sessionData = JSON.stringify({ [AUTH_METHODS_KEY]: value });
  const dates = { created: now, lastSeen: now, expireDate: new Date(NOW + MINUTE) };
  const row = { id: 1, userId: 1, sessionData, ...dates };
  const seal = { key: 'k', userId: 1, expires: NOW + MINUTE, untilBrowserCloses: false };
  return { session: new Session({ row, seal }) };
}

describe('isSignInFresh', () => {
  const at = (...minutes: number[]) =>
    resting(minutes.map((ago) => ({ method: `m${ago}`, at: NOW - ago * MINUTE })));

  it('counts from the newest proof, to the minute of STEP_UP_AGE', async () => {
    await overrideSettings({ STEP_UP_AGE: 30 * 60 }, () => {
      expect(isSignInFresh(at(29), NOW)).toBe(true);
      expect(isSignInFresh(at(30), NOW)).toBe(false);
      expect(isSignInFresh(at(600, 5), NOW)).toBe(true);
      expect(isSignInFresh(at(5, 600), NOW)).toBe(true);
    });
  });

  it('takes no new row for a proof', () => {
    expect(isSignInFresh(at(60), NOW)).toBe(false);
    for (const damaged of [[], null, 'password', [{ method: 'password' }], [7], { at: NOW }]) {
      expect(isSignInFresh(resting(damaged), NOW)).toBe(false);
    }
  });

  it('is always so where the setting is null', async () => {
    await overrideSettings({ STEP_UP_AGE: null }, () => {
      expect(isSignInFresh(at(9999), NOW)).toBe(true);
    });
  });
});

describe('recordAuthMethod', () => {
  it('puts a proof behind the others and in the place of one of its kind', () => {
    const { session } = resting([
      { method: 'password', at: 1 },
      { method: 'totp', at: 2 },
    ]);
    recordAuthMethod(session, { method: 'password', at: 3 });
    expect(authMethods(session)).toEqual([
      { method: 'totp', at: 2 },
      { method: 'password', at: 3 },
    ]);
    expect(authMethods(new Session())).toEqual([]);
  });
});
