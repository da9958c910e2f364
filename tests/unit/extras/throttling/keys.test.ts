import { describe, expect, it } from 'vitest';
import { accountKey, deviceKey, networkOf } from '@/lib/extras/throttling/keys';

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

describe('networkOf', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['203.0.113.9:51234', '203.0.113.9'],
    ['[2001:db8:1:2::3]:4711', '2001:db8:1:2::/64'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:80', '203.0.113.9'],
    ['', ''],
    ['no address\0', 'no address'],
    ['z'.repeat(100), 'z'.repeat(64)],
  ])('%j is of the network %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('tells neighbouring networks apart', () => {
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  });
});
