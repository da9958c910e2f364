import { describe, expect, it } from 'vitest';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { withValidator } from '@/tests/support/auth/judge';

describe('UserAttributeSimilarityValidator', () => {
  const joe = {
    username: 'joe',
    firstName: 'Mary-Ann',
    lastName: "O'Connor",
    email: 'mary.ann+x@acme-corp.example',
  };
  const short = { username: 'a', firstName: '', lastName: '', email: 'a@b.co' };
  const messageOf = (password: string, user: PasswordSubject, options = {}) =>
    withValidator('UserAttributeSimilarityValidator', options, () =>
      validatePassword(password, user),
    );

  it.each([
    ['maryann1', 'first name'],
    ['mary-ann', 'first name'],
    ['xmaryannx', 'first name'],
    ['MARYANN!', 'first name'],
    ['oconnor1', 'last name'],
    ['connor12', 'last name'],
    ["o'connor", 'last name'],
    ['roncon99', 'last name'],
    ['acmecorp', null],
    ['acme-corp', null],
    ['joejoe12', null],
    ['joe12345', null],
  ])('%j resembles the %s', async (password, attribute) => {
    const messages = attribute ? [`This password is too similar to the ${attribute}.`] : [];
    expect(await messageOf(password, joe)).toEqual(messages);
  });

  it.each([
    ['aaaaaaaa', 0],
    ['abababab', 0],
    ['abcoabco', 0],
    ['a@b.co12', 1],
  ])('%j of somebody with short names: %i', async (password, count) => {
    expect(await messageOf(password, short)).toHaveLength(count);
  });

  it('is as strict as maxSimilarity', async () => {
    const test = { firstName: 'test' };
    expect(await messageOf('xxxxxxxxtset', test, { maxSimilarity: 0.3 })).toHaveLength(1);
    expect(await messageOf('tset', test, { maxSimilarity: 0.3 })).toHaveLength(1);
    const user = { username: 'testclient' };
    expect(await messageOf('xtestclient', user, { maxSimilarity: 1 })).toEqual([]);
    expect(await messageOf('tneilctset', user, { maxSimilarity: 1 })).toHaveLength(1);
    await expect(messageOf('x', user, { maxSimilarity: 0.05 })).rejects.toThrow(
      ImproperlyConfigured,
    );
  });

  it('looks at the attributes it is told to', async () => {
    const options = { userAttributes: ['email'] };
    expect(await messageOf('maryann1', joe, options)).toEqual([]);
    await expect(messageOf('x', joe, { userAttributes: ['shoeSize'] })).rejects.toThrow(
      ImproperlyConfigured,
    );
  });

  // Compared with each part at its length, it would take hours.
  it('judges a very long password, however many parts there are', async () => {
    const email = `${'a.'.repeat(400)}@example.com`;
    expect(await messageOf('x'.repeat(1_000_000), { email })).toEqual([]);
  });
});
