import { describe, expect, it } from 'vitest';
import { accountKey, deviceKey } from '@/lib/extras/throttling/keys';

describe('accountKey', () => {
  it('tells nothing of what was typed, whatever it was', () => {
    const typed = ['', 'ada', 'hunter2 is my password', 'a\0b', 'x'.repeat(1_000_000), '\ud800'];
    const keys = typed.map((text) => accountKey('login', text));
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('counts each spelling of a username by itself, as sign-in compares them', () => {
    expect(accountKey('login', 'Ada')).not.toBe(accountKey('login', 'ada'));
  });

  it('counts a mail address once however it is spelt', () => {
    const spellings = ['ıris.k@x.org', 'IRIS.K@X.ORG', 'İris.K@x.org', 'iris.\u212a@x.org'];
    const keys = spellings.map((text) => accountKey('password_reset', text));
    expect(new Set(keys)).toEqual(new Set([accountKey('password_reset', 'iris.k@x.org')]));
  });

  it('begins the keys of the devices of the account', () => {
    expect(deviceKey('login', 'ada', 'abc')).toBe(`${accountKey('login', 'ada')}:abc`);
  });
});
