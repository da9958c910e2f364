import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { dumps, loads } from '@/lib/core/signing';

const SALT = 'django.contrib.sessions.SessionStore';
const SECRET_KEY = 'only-for-tests-0123456789abcdefghijklmnop';
const AT = new Date(1_700_000_000_500);
const OPTIONS = { salt: SALT, maxBytes: 1000 };

/** Django 3.2: signing.dumps(…, salt=SALT, compress=True) at AT, plain and deflated. */
const DJANGOS = [
  [
    '{"_auth_user_id":"7"}',
    'eyJfYXV0aF91c2VyX2lkIjoiNyJ9:1r31eq:qNHBw3b2kfMJeZfJfd205ApbygfKZCzY3sek0XWp87o',
  ],
  [
    `{"text":"${'\\u00e9'.repeat(50)}"}`,
    '.eJyrVipJrShRslKKKTUwSLUcJYkhlWoBbe5d7g:1r31eq:bd-jYxMzG-dWHnx7b7YmmJbamkIc203W0gk13t8QHfU',
  ],
] as const;

const inForce = <T>(work: () => T) => overrideSettings({ SECRET_KEY }, work);

describe('what Django has signed', () => {
  it.each(DJANGOS)('is read, and written as Django does it: %s', async (text, signed) => {
    const at = new Date(1_700_000_000_000);
    await inForce(() => {
      expect(loads(signed, OPTIONS)).toEqual({ text, at, isCurrent: true });
      expect(loads(dumps(text, SALT, AT), OPTIONS)?.text).toBe(text);
      if (!signed.startsWith('.')) expect(dumps(text, SALT, AT)).toBe(signed);
    });
  });

  it('is read by a former secret, and by no other', async () => {
    const [[, signed]] = DJANGOS;
    const rotated = { SECRET_KEY: 'x'.repeat(40), SECRET_KEY_FALLBACKS: [SECRET_KEY] };
    const read = () => loads(signed, OPTIONS);
    expect(await overrideSettings(rotated, read)).toMatchObject({ isCurrent: false });
    expect(await overrideSettings({ ...rotated, SECRET_KEY_FALLBACKS: [] }, read)).toBeNull();
  });

  it.each([
    ['', 'nothing'],
    [':', 'a separator'],
    ['::', 'two'],
    [DJANGOS[0][1].replace('eyJ', 'eyK'), 'another content'],
    [DJANGOS[0][1].replace('1r31eq', '1r31er'), 'another time'],
    [DJANGOS[0][1].slice(0, -1), 'a cut signature'],
    [DJANGOS[0][1].replace(/:[^:]*$/, ':'), 'none'],
    [`.${DJANGOS[0][1]}`, 'what says that it is deflated'],
    ['a'.repeat(2_000_000), 'a long text'],
  ])('is not %.20s…: %s', async (signed) => {
    await inForce(() => expect(loads(signed, OPTIONS)).toBeNull());
  });

  it('is not signed for another purpose', async () => {
    await inForce(() => expect(loads(DJANGOS[0][1], { ...OPTIONS, salt: 'other' })).toBeNull());
  });

  it('is inflated as far as is allowed, and not at all before its signature was found right', async () => {
    await inForce(() => {
      const bomb = dumps(JSON.stringify('0'.repeat(50_000_000)), SALT);
      expect(bomb.length).toBeLessThan(100_000);
      const before = process.memoryUsage();
      expect(loads(bomb, OPTIONS)).toBeNull();
      const after = process.memoryUsage();
      expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(1_000_000);
      expect(loads(dumps('a'.repeat(1000), SALT), OPTIONS)?.text).toHaveLength(1000);
      expect(loads(dumps('a'.repeat(1001), SALT), OPTIONS)).toBeNull();
    });
  });
});
