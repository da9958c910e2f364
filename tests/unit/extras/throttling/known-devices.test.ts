import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { claimedDevice, knownDevice, rememberDevice } from '@/lib/extras/throttling/known-devices';

const now = new Date('2026-01-01T00:00:00Z');
const account = (name: string, password = 'encoded') => ({ name, password });
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('a known device', () => {
  it('is known to the account that was signed in to, and to no other', () => {
    const cookie = rememberDevice(undefined, account('ada'), now);
    expect(knownDevice(cookie, account('ada'), now)).toMatch(/^[a-zA-Z0-9]{16}$/);
    for (const other of ['Ada', 'eve', ''])
      expect(knownDevice(cookie, account(other), now)).toBeNull();
  });

  it('names nobody and is a cookie', () => {
    expect(rememberDevice(undefined, account('ada lovelace'), now)).toMatch(/^[\w-]+$/);
  });

  it('stays the same device at the next sign-in', () => {
    const first = rememberDevice(undefined, account('ada'), now);
    const second = rememberDevice(first, account('ada'), later(60));
    expect(knownDevice(second, account('ada'), later(60))).toBe(
      knownDevice(first, account('ada'), now),
    );
    expect(second.split('.')).toHaveLength(1);
  });

  it('is forgotten after DEVICE_COOKIE_AGE seconds without a sign-in', () => {
    const cookie = rememberDevice(undefined, account('ada'), now);
    expect(
      knownDevice(cookie, account('ada'), later(settings.DEVICE_COOKIE_AGE - 1)),
    ).not.toBeNull();
    expect(knownDevice(cookie, account('ada'), later(settings.DEVICE_COOKIE_AGE))).toBeNull();
  });

  it('knows five people at most, the latest', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    const cookie = people.reduce((held, name) => rememberDevice(held, account(name), now), '');
    expect(people.filter((name) => knownDevice(cookie, account(name), now))).toEqual(
      people.slice(1),
    );
    expect(cookie.length).toBeLessThan(500);
  });

  it('is told by the name alone, whatever the password is by now', () => {
    const first = rememberDevice(undefined, account('ada', 'old'), now);
    const cookie = rememberDevice(first, account('eve'), now);
    const device = knownDevice(first, account('ada', 'old'), now);
    expect(knownDevice(cookie, account('ada', 'new'), now)).toBeNull();
    expect(claimedDevice(cookie, 'ada', now)).toBe(device);
    expect(claimedDevice(cookie, 'ada', later(settings.DEVICE_COOKIE_AGE))).toBeNull();
    expect(claimedDevice(cookie, 'Ada', now)).toBeNull();
    expect(claimedDevice(first, 'eve', now)).toBeNull();
    const madeUp = cookie.replaceAll(/[a-zA-Z0-9]{16}-/g, 'abcdefgh01234567-');
    expect(claimedDevice(madeUp, 'ada', now)).toBeNull();
  });

  it('has one mark for each name, of the password that was given last', () => {
    const first = rememberDevice(undefined, account('ada', 'old'), now);
    const second = rememberDevice(first, account('ada', 'new'), now);
    expect(second.split('.')).toHaveLength(1);
    expect(knownDevice(second, account('ada', 'new'), now)).not.toBeNull();
  });

  it('cannot be made without the secret, nor prolonged or given to another account', () => {
    const cookie = rememberDevice(undefined, account('ada'), now);
    const [device, expires, proof] = cookie.split('-');
    const forged = [
      `${device}-${Number(expires) + 1}-${proof}`,
      `${device?.split('').reverse().join('')}-${expires}-${proof}`,
      `${device}-${expires}-${'0'.repeat(64)}`,
      `${device}-${expires}`,
      '',
      '...',
      `${cookie}.`.repeat(100),
    ];
    for (const text of forged) expect(knownDevice(text, account('ada'), now)).toBeNull();
  });

  it('is still known after the secret was rotated, until the old one is retired', async () => {
    const cookie = rememberDevice(undefined, account('ada'), now);
    const SECRET_KEY = 'another-secret-0123456789abcdefghijklmnopq';
    const SECRET_KEY_FALLBACKS = [settings.SECRET_KEY];
    await overrideSettings({ SECRET_KEY, SECRET_KEY_FALLBACKS }, () => {
      expect(knownDevice(cookie, account('ada'), now)).not.toBeNull();
    });
    const renewed = await overrideSettings({ SECRET_KEY, SECRET_KEY_FALLBACKS }, () =>
      rememberDevice(cookie, account('ada'), now),
    );
    await overrideSettings({ SECRET_KEY }, () => {
      expect(knownDevice(cookie, account('ada'), now)).toBeNull();
      expect(claimedDevice(cookie, 'ada', now)).toBeNull();
      expect(claimedDevice(renewed, 'ada', now)).not.toBeNull();
    });
  });
});
