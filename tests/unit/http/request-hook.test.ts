import { describe, expect, it } from 'vitest';
import { correctForwarded } from '@/lib/http/request-hook';

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
});
