import { describe, expect, it } from 'vitest';
import { base32, fromBase32 } from '@/lib/extras/mfa/base32';
import { hotp, matchingStep, newTotpSecret, totpStep, totpUri } from '@/lib/extras/mfa/totp';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const KEY = new TextEncoder().encode('12345678901234567890');
const policy = { period: 30, digits: 6, tolerance: 1 };

describe('hotp', () => {
  it.each(
    '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'
      .split(' ')
      .map((code, counter) => [counter, code] as const),
  )('has the value of RFC 4226, appendix D, for the counter %i', (counter, code) => {
    expect(hotp(KEY, counter)).toBe(code);
  });
});

describe('matchingStep', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('takes the code of RFC 6238, appendix B, at %i', (seconds, code) => {
    const now = new Date(seconds * 1000);
    const step = totpStep(now, 30);
    expect(matchingStep(SECRET, code, { ...policy, digits: 8 }, now)).toBe(step);
    expect(matchingStep(SECRET, code.slice(2), policy, now)).toBe(step);
  });

  it('takes the step before and the step after, and none that is further', () => {
    const now = new Date(1_700_000_000_000);
    const step = totpStep(now, 30);
    const found = [-2, -1, 0, 1, 2].map((by) =>
      matchingStep(SECRET, hotp(KEY, step + by), policy, now),
    );
    expect(found).toEqual([null, step - 1, step, step + 1, null]);
  });

  it('forgives blanks, and nothing else', () => {
    const now = new Date(59_000);
    expect(matchingStep(SECRET, ' 287 082 ', policy, now)).toBe(1);
    for (const code of ['', '28708', '2870820', '287083', '287o82', '-287082', '+287082']) {
      expect(matchingStep(SECRET, code, policy, now), code).toBeNull();
    }
  });

  it('takes nothing for a secret that is none', () => {
    expect(matchingStep('not base32!', '287082', policy, new Date(59_000))).toBeNull();
  });
});

describe('newTotpSecret', () => {
  it('is 160 bits of base32, and another each time', () => {
    const secrets = Array.from({ length: 100 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(fromBase32(secret)?.length).toBe(20);
  });
});

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes and reads %j as RFC 4648 says', (text, encoded) => {
    expect(base32(new TextEncoder().encode(text))).toBe(encoded);
    expect(new TextDecoder().decode(fromBase32(encoded) ?? undefined)).toBe(text);
    const typed = `${encoded.toLowerCase()}===`.replace(/(.{4})/g, '$1 ');
    expect(new TextDecoder().decode(fromBase32(typed) ?? undefined)).toBe(text);
  });
});

describe('totpUri', () => {
  it('leaves out what applications expect anyway, and writes a blank as %20', () => {
    const uri = totpUri(SECRET, { issuer: 'My Site', account: 'ada@x', period: 30, digits: 6 });
    expect(uri).toBe(`otpauth://totp/My%20Site:ada%40x?secret=${SECRET}&issuer=My%20Site`);
  });

  it('says what is not as usual', () => {
    const uri = totpUri(SECRET, { issuer: 'S', account: 'a', period: 60, digits: 8 });
    expect(uri.endsWith('&issuer=S&digits=8&period=60')).toBe(true);
  });
});
