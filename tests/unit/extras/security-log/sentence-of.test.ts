import { describe, expect, it } from 'vitest';
import { sentenceOf, type ToldEvent } from '@/lib/extras/security-log/sentence-of';

const entry: ToldEvent = {
  event: 'privilege_permissions_changed',
  actorId: 1,
  actorUsername: 'admin',
  subjectUsername: '',
  targetId: null,
  targetUsername: '',
  detail: '{}',
};

function told(change: Partial<ToldEvent>, detail: object = {}): string {
  const sentence = sentenceOf({ ...entry, ...change, detail: JSON.stringify(detail) });
  return sentence.map((part) => (typeof part === 'string' ? part : `“${part.name}”`)).join('');
}

describe('sentenceOf', () => {
  it('says who gave and took what', () => {
    expect(told({}, { group: 'Moderators', taken: ['articles.publish_article'] })).toBe(
      '“admin” took articles.publish_article from the group “Moderators”.',
    );
    expect(
      told(
        { targetId: 2, targetUsername: 'ada' },
        { given: ['a.b', 'a.c', 'a.d', 'a.e'], taken: ['a.f'] },
      ),
    ).toBe('“admin” gave a.b, a.c and 2 more to “ada” and took a.f from “ada”.');
    expect(
      told({ targetId: 2, targetUsername: 'ada' }, { changed: ['isActive'], isActive: false }),
    ).toBe('“admin” deactivated “ada”.');
  });

  it('tells what somebody did to themselves apart', () => {
    const event = 'authn_password_change';
    expect(told({ event, targetId: 1, targetUsername: 'admin' })).toBe(
      '“admin” changed their password.',
    );
    expect(told({ event, targetId: 2, targetUsername: 'ada' })).toBe(
      '“admin” set a password for “ada”.',
    );
  });

  it('names whom somebody acted as, and strangers as such', () => {
    expect(told({ event: 'authz_admin', subjectUsername: 'ada' }, { export: 'auth.user' })).toBe(
      '“admin” (as “ada”) exported auth.user.',
    );
    expect(told({ event: 'authn_login_fail', actorId: null, actorUsername: '' })).toBe(
      'Somebody failed to sign in.',
    );
  });

  it('makes a sentence of what it does not know, and of a detail that is none', () => {
    expect(told({ event: 'new_kind' })).toBe('“admin” new_kind.');
    expect(sentenceOf({ ...entry, detail: 'no json' }).length).toBeGreaterThan(0);
  });
});
