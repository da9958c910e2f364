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

  it.each([
    [{ ALLOWED_HOSTS: ['*'] }, 'any.example', true],
    [{ ALLOWED_HOSTS: [] }, 'localhost:3000', true],
    [{ ALLOWED_HOSTS: [] }, '127.0.0.1', true],
    [{ ALLOWED_HOSTS: [] }, 'evil.example', false],
    [{ ALLOWED_HOSTS: [], APP_ORIGIN: 'https://app.example:8443' }, 'app.example', true],
    [{ ALLOWED_HOSTS: ['a.example'], APP_ORIGIN: 'https://app.example' }, 'app.example', true],
    [{ ALLOWED_HOSTS: ['a.example'], APP_ORIGIN: 'https://app.example' }, 'localhost', false],
  ])('with %j says of %s: %s', async (changed, host, expected) => {
    const production = { DEBUG: false, APP_ORIGIN: null, ...changed };
    expect(await overrideSettings(production, () => isAllowedHost(host))).toBe(expected);
  });
});
