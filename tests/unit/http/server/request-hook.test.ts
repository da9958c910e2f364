import { describe, expect, it } from 'vitest';
import { correctForwarded } from '@/lib/http/server/request-hook';

function corrected(headers: Record<string, string>, peer: string, hops: number) {
  correctForwarded(headers, peer, hops);
  return headers;
}

describe('correctForwarded', () => {
  it('takes the socket for the client when no proxy is trusted', () => {
    const headers = corrected({ 'x-forwarded-for': '1.1.1.1' }, '203.0.113.9', 0);
    expect(headers['x-forwarded-for']).toBe('203.0.113.9');
  });

  it('believes no forwarded host or scheme when no proxy is trusted', () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect(corrected(headers, '127.0.0.1', 0)).toEqual({ 'x-forwarded-for': '127.0.0.1' });
  });

  it('takes the address that the trusted proxy saw, not what the client claimed', () => {
    const headers = corrected({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9' }, '10.0.0.1', 1);
    expect(headers['x-forwarded-for']).toBe('203.0.113.9');
  });

  it('counts back over several proxies', () => {
    const chain = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' };
    expect(corrected(chain, '10.0.0.1', 2)['x-forwarded-for']).toBe('203.0.113.9');
  });

  it('keeps host and scheme of the outermost trusted proxy', () => {
    const headers = {
      'x-forwarded-host': 'evil.example, app.example',
      'x-forwarded-proto': 'https',
    };
    expect(corrected(headers, '10.0.0.1', 1)).toMatchObject({
      'x-forwarded-host': 'app.example',
      'x-forwarded-proto': 'https',
    });
  });

  it('writes an IPv4 address that came over IPv6 as IPv4', () => {
    expect(corrected({}, '::ffff:192.0.2.7', 0)['x-forwarded-for']).toBe('192.0.2.7');
  });

  it.each([
    ['203.0.113.7:51234', '203.0.113.7'],
    ['"203.0.113.7:51234"', '203.0.113.7'],
    ['203.0.113.7:', '203.0.113.7'],
    ['[2001:db8:1:2::3]:4711', '2001:db8:1:2::3'],
    ['[2001:db8:1:2::3]', '2001:db8:1:2::3'],
    ['"[2001:DB8:1:2::3]:4711"', '2001:db8:1:2::3'],
    ['2001:0db8:0001:0002:0000:0000:0000:0003', '2001:db8:1:2::3'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
    ['[::ffff:cb00:7107]:443', '203.0.113.7'],
    ['::ffff:0.0.0.1', '0.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="[2001:db8::17]:4711"', '2001:db8::17'],
  ])('reads the client in %j, with no port', (entry, client) => {
    expect(corrected({ 'x-forwarded-for': entry }, '10.0.0.1', 1)['x-forwarded-for']).toBe(client);
    expect(corrected({}, entry, 0)['x-forwarded-for']).toBe(client);
  });

  it.each([
    'unknown',
    '_hidden',
    '',
    ' ',
    '6.6.6.6, ',
    '6.6.6.6, unknown',
    '6.6.6.6, -',
    'localhost',
    '203.0.113.777',
    '203.0.113.07',
    '203.0.113.7:port',
    '203.0.113.7:1:2',
    '[203.0.113.7]:80',
    '[2001:db8::1',
    '2001:db8::1::2',
    "'; DROP TABLE x",
  ])('counts %j, which names nobody, as the proxy that says so', (header) => {
    const headers = corrected({ 'x-forwarded-for': header }, '::ffff:10.0.0.1', 1);
    expect(headers['x-forwarded-for']).toBe('10.0.0.1');
  });

  it('lets no empty entry move what the client claims into the place of a proxy', () => {
    const headers = corrected({ 'x-forwarded-for': '6.6.6.6, , 10.0.0.2' }, '10.0.0.1', 2);
    expect(headers['x-forwarded-for']).toBe('10.0.0.1');
  });
});
