import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { isAllowedHost } from '@/lib/core/hosts';

const ALLOWED_HOSTS = ['testserver', '.sub.example', '[::1]'];

describe('isAllowedHost', () => {
  it.each([
    ['testserver', true],
    ['TestServer', true],
    ['testserver:8000', true],
    ['testserver.', true],
    ['sub.example', true],
    ['a.b.sub.example:1', true],
    ['[::1]:3000', true],
    ['', false],
    ['evil.example', false],
    ['testserver.evil.example', false],
    ['notsub.example', false],
    ['testserver@evil.example', false],
    ['evil.example/testserver', false],
    ['testserver:8000:1', false],
    ['testserver:x', false],
    ['testserver evil.example', false],
    ['testserver,evil.example', false],
    ['[::1', false],
  ])('says of %j: %s', async (host, expected) => {
    expect(await overrideSettings({ ALLOWED_HOSTS }, () => isAllowedHost(host))).toBe(expected);
  });

  it('takes every host with *, and none with an empty list in production', async () => {
    const judge = (changed: { ALLOWED_HOSTS: string[]; DEBUG: boolean }, host: string) =>
      overrideSettings(changed, () => isAllowedHost(host));
    expect(await judge({ ALLOWED_HOSTS: ['*'], DEBUG: false }, 'any.example')).toBe(true);
    expect(await judge({ ALLOWED_HOSTS: [], DEBUG: false }, 'localhost')).toBe(false);
    expect(await judge({ ALLOWED_HOSTS: [], DEBUG: true }, 'localhost:3000')).toBe(true);
    expect(await judge({ ALLOWED_HOSTS: [], DEBUG: true }, 'evil.example')).toBe(false);
  });
});
